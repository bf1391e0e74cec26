"""From the events of other services to the stories we tell: one module per service, one function per event.

They run inside the transaction of a subscription and only write rows: no mail is sent, nobody is asked anything.
"""
