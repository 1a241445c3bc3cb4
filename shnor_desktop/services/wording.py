"""The words of failures and phrases, for the window and the command line."""

from shnor_desktop.system.wording import Message, explain, has_words, phrase, words_of

__all__ = ["Message", "explain", "has_words", "phrase", "words_of"]
