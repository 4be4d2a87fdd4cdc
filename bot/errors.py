"""Every error of Gazette's own. The text of each is a sentence that a person may read.

GazetteError
├── SettingsError     the settings are wrong; nothing was started
├── StartupError      the program cannot start or go on; ends it with exit code 2
├── Refused           a file is not an article; the sentence says why
├── AnalysisFailed    a worker ran out of time or memory, or crashed
└── NotFound          what a person asked for is not there

What people type has errors of its own beside what understands it: BadSchedule, UnknownZone, BadFilter,
BadPattern, BadPing, TooMany.
"""


class GazetteError(Exception):
    """The root of Gazette's errors: ``str(error)`` is fit for a person to read."""


class SettingsError(GazetteError):
    """The settings are missing or wrong. Its text lists every mistake, one a line."""


class StartupError(GazetteError):
    """The program cannot start or cannot go on, and says what to do about it."""


class Refused(GazetteError):
    """A file was read and is not an article. Its text is the reason shown to people."""


class AnalysisFailed(GazetteError):
    """A worker exceeded its time or memory, or crashed, while it had this file."""


class NotFound(GazetteError):
    """What a person named does not exist in the history."""


def gazette_error_in(error: BaseException) -> GazetteError | None:
    """Return the error if it is Gazette's, or the first such one that a group of errors holds."""
    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(gazette_error_in, error.exceptions)), None)
    return error if isinstance(error, GazetteError) else None
