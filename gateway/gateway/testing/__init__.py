"""What tests of the gateway share. Nothing here runs in production."""
