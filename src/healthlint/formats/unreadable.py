"""What is raised for a file that is not what its name says."""


class Unreadable(ValueError):
    """A file that cannot be read; the message is a sentence that begins with its path, without it."""
