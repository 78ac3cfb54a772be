"""The demo account: everything in it is labelled and went through the real code."""
