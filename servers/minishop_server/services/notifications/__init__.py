"""Notifications: e-mail to customers.

Owns the record of sent messages; the text is kept only until the mail is out. Calls no other service. A message under
a key is sent once: its row is there before the mail goes out, together with the work that it is, and its number is the
mail's Message-ID and file name, so that sending it again after a crash replaces it rather than doubling it. It is
never given up: a message that the mail server did not accept for long waits ten minutes and is tried again.
"""
