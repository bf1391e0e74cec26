"""Who people are to the administration: accounts, certified attributes, roles, sessions, rights."""
