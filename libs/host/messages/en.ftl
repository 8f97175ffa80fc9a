# Texts that all services share: reasons that any method may answer with.

reason-any-INVALID_FIELDS = Some fields are wrong: { $fields }
reason-any-REQUEST_ID_REUSED = This request id was used within 24 hours for another request; make a new one.
reason-any-FOREIGN_PAGE_TOKEN = The page token was not given out for this list, these filters and this caller; start from the first page.
reason-any-FOREIGN_RESUME_TOKEN = The resume token was not given out for this stream and this caller; start from the beginning.
reason-any-STALE_ETAG = Somebody else has just changed this; read it again and decide again.
reason-any-UNAUTHENTICATED = Please sign in: the token is missing, expired, or not signed by a trusted issuer.
reason-any-NOT_PERMITTED = You do not have this permission ({ $permission }).
reason-any-NOT_FOUND = Nothing was found.
reason-any-MESSAGE_TOO_LARGE = The message is too large; at most { $bytes_max } bytes.
reason-any-BUSY = Too many requests are under way; try again later.
reason-any-UNAVAILABLE = A part of the system does not answer; try again with the same request id.
reason-any-INTERNAL = Something went wrong on our side; tell the operator this trace: { $trace }
reason-any-UNREADABLE_MESSAGE = The bytes are not a message of this method.
reason-any-UNKNOWN_METHOD = There is no such method.
reason-any-TOO_SLOW = It took too long; try again with the same request id.

# What is wrong with a field.

problem-missing = must be given
problem-blank = must say something; has only blanks
problem-unknown = is not known
problem-no-unit = is no unit of the bureau; choose one from its list
problem-past = must be today or later
problem-future = must not be after today
problem-too-far = must be within { $years } years from now
problem-twice = must not be in the list twice
problem-excluded = excludes { $other }; give one of them
problem-foreign-page = was not given out for this list, these filters and this caller
problem-foreign-resume = was not given out for this stream and this caller
problem-request-id-reused = was used within 24 hours for a request with another content; make a new one
problem-no-uuid = must be a UUID, for example { $example }
problem-no-time = must be an instant of the years 1 to 9999, with 0 to 999999999 nanos
problem-no-day = must be a day that exists, as YYYY-MM-DD
problem-control = must not contain control characters; has { $character }
problem-too-short = must have at least { $min } characters; has { $has }
problem-too-long = must have at most { $max } characters; has { $has }
problem-pattern = must match { $pattern }
problem-pattern-like = must look like { $example }
problem-choice = must be one of { $choices }
problem-no-value = must be a value of { $enum }; is { $is }
problem-too-small = must be at least { $min }; is { $is }
problem-too-large = must be at most { $max }; is { $is }
problem-too-few = must have at least { $min } items; has { $has }
problem-too-many = must have at most { $max } items; has { $has }
