"""A Zalo Bot Platform on this machine, as strict and as nasty as what is known of the real one from outside.

`Assumptions` names what nobody knows for certain, each with its nastier reading; `platform` is the people's side,
`methods` the bot's calls, `http` what a client sees of them, `phone` somebody's phone.
"""
