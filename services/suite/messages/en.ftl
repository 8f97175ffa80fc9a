# Texts of the command line and the demo.

about = Sanben (three books): an open-source suite with which a police bureau hears what people say and sees every matter through. Without a command it does what `up` does.
about-up = Starts services: all five on one port, or those that are named.
about-demo = Plays eleven whole journeys and twenty voices in a fresh folder, counts, and then keeps serving.
about-token = Mints a token of the development issuer for a person, unit and roles (development only).
about-letters = Events that a service could not apply and has set aside: each holds up its own aggregate only.
about-letters-list = Lists them.
about-letters-replay = Has them tried now by the processes that run, and says what became of them; fails if some are left.
about-mails = Mail to citizens that could not be delivered.
about-mails-list = Lists it; addresses are not shown.
about-mails-retry = Queues all of it again.
about-calendar = The working calendar: on which days the offices work, as the State Council's yearly notices say.
about-calendar-check = Says whether a file holds the days of one notice as they must be, else which line is wrong and why.
about-calendar-load = Loads such a file: the year after the last one, or a year that is there, corrected.
about-calendar-show = Shows the days of a year that a notice names.
examples =
    Examples:
      sanben demo                       see the whole way once, then call it yourself
      sanben demo --exit                end after playing; fails if one step was not as it should be
      sanben up --dev-issuer            start all five services and accept development tokens
      sanben token --role chief --person p-lianhu-chief --unit lianhu
      sanben up --print-config          show every setting and where it comes from
option-lang = Language of the output; by default SANBEN_LANG or the locale, else zh-CN
option-services = Services to start; all when none is named
option-before = { $option } belongs behind the command: sanben { $command } { $option } …
option-listen = Address to listen on
option-data = Data folder: SQLite files and keys
option-database = Address of PostgreSQL; without it, SQLite in the data folder
option-bus = Carrier of events: local within one process, or a NATS JetStream address for several
option-peers = Addresses of services that run elsewhere: http://HOST:PORT, several separated by |; a name stands for all its addresses
option-units = File of the units and their chiefs; without it, the one that is shipped
option-jwks = Public keys of trusted issuers (JWKS, RFC 7517)
option-dev-issuer = Trust the development issuer; development only
option-master-key = File of the master key, 64 hexadecimal digits; made when missing with SQLite
option-service-token = File of the token for calling services elsewhere
option-mail = Mail server for notices to citizens, under TLS from the first byte (port 465); without it, no mail is sent
option-mail-from = Who mail is from: name@host or Name <name@host>
option-mail-password = File of the mail user's password
option-mail-authority = Certificates (PEM) of an authority to trust beside the machine's own
option-otlp = Address of an OTLP receiver for traces and metrics
option-log = Log filter, as RUST_LOG has it
option-notice-secs = How many seconds the process is not ready, but still accepts requests, after a signal to stop, so that balancers notice
option-drain-secs = How many seconds requests under way may take to end after that
option-print-config = Only print every setting and where it comes from
option-exit = End after playing
option-role = Role; may be given several times
option-person = Person, for example p-lianhu-chief
option-unit = Unit, for example lianhu
option-hours = How many hours the token is valid
option-consumer = Only those of this consumer, for example ledger-on-intake
option-aggregate = Only that of this aggregate
option-wait-secs = How long to wait for them to be tried
option-file = File with the header date,kind,festival,notice and the days of one notice; - is the standard input
option-reason = Why; needed when a year that is there is corrected
option-year = The year; by default the present one
failed = failed: { $problem }
up = started: { $services } on { $address }
dev-issuer-on = Note: the development issuer is trusted; whoever can read the data folder can mint tokens.
draining = Stopping: no new requests, those under way end; another signal stops at once.
aborting = Stopping at once.
letters-none = No event is set aside.
letters-asked = { $count } asked for; waiting until they are tried.
letters-not-tried = not tried yet; a process that runs the service tries them when it comes to it
letters-applied = All of them are applied.
letters-left = still set aside: { $count }
letters-consumer = Consumer
letters-aggregate = Aggregate
letters-event = Event (revision)
letters-time = Happened
letters-tries = Tries
letters-behind = Waiting behind it
letters-why = Why
mails-none = Every mail was delivered or still waits.
mails-queued = { $count } queued again.
mails-id = Mail
mails-notice = Notice
mails-tries = Tries
mails-why = Why
calendar-right = { $year }, { $notice }: { $off } days off, { $worked } worked weekend days; nothing is wrong with them.
calendar-loaded = { $year }, { $notice }: { $off } days off, { $worked } worked weekend days; loaded as edition { $edition }.
calendar-changed = the calendar is at edition { $edition } by now
calendar-reason-missing = --reason: needed, since that year is there already and is corrected
calendar-announced = { $year }: { $notice } (edition { $edition } of the calendar)
calendar-not-announced = { $year }: no notice is loaded (edition { $edition } of the calendar); dates in it are provisional
calendar-file-missing = { $file }: there is no such file
calendar-file-not-utf8 = { $file }: is not a text in UTF-8
calendar-file-unreadable = { $file }: cannot be read
store-missing = --data { $folder }: no store of { $service } is there
store-away = the store of { $service } does not answer; look at --data and --database: { $why }
calendar-date = Date
calendar-kind = What
calendar-festival = Festival
calendar-notice = Notice
calendar-workday = worked
calendar-holiday = off
demo-begins = The demo begins at { $address }, data in { $data }
demo-table = Cases by origin and book:
demo-serves =
    The demo has ended; the suite keeps serving on { $address }. Try:
      a token       sanben token --data { $data } --role chief --person p-lianhu-chief --unit lianhu
      the methods   buf curl --protocol grpc --http2-prior-knowledge --list-methods http://{ $address }
      some units    buf curl --protocol grpc --http2-prior-knowledge -d '{"{"}"page_size": 3{"}"}' http://{ $address }/sanben.intake.v1.UnitService/ListUnits
    Ctrl-C ends it.

journey-complaint = 1. An anonymous online complaint, from the first word to the archive
journey-visit = 2. A liaison visit: something heard on the way
journey-meeting = 3. A meeting: a suggestion and its result
journey-consultation = 4. A question, answered at the desk
journey-mixed-letter = 5. A letter that mixes two matters, split and handled one by one
journey-praise = 6. Praise, kept and counted apart
journey-second-door = 7. Not content: taken up again once, then through the second door, signed one level up
journey-joint-handling = 8. Several departments: an objection that is decided, a joint consultation, what each brings
journey-mass-party = 9. A mass matter: representatives, joined submissions, mediation and agreement
journey-repeated-petition = 10. A matter that is brought again: linked, and the chief answers for it in person
journey-external = 11. Handed over by another department: its number and due day are kept
journey-voices = Twenty voices, each through the door it came by

repeat-answered-before = It was brought once before, and { $unit } answered
repeat-received = The same matter comes again by video; { $unit } gives receipt code { $receipt }
repeat-proposed = The desk writes a summary and proposes it, to be led by { $unit }
repeat-linked = The office of { $unit } recognises the repeat and links it; the chief is told
repeat-owned = The chief of { $unit } answers for it in person, as one of the five personal duties
repeat-told = The chief of { $unit } issues the notice { $number }, which tells the person the path
repeat-counted = Petitions that the chief of { $unit } saw through in person: { $count }
external-handed-over = The system of the 12345 hotline hands its matter { $number } over to { $unit }, with a due day of its own
external-proposed = The desk writes a summary and proposes it, to be led by { $unit }; both numbers are kept
external-asked = The chief of { $unit } asks { $authority }, outside the bureau, to take part
external-co-handled = The system of { $authority } finds what it is asked for and answers; the handler is told
external-followed = The hotline's system reads the reply of { $unit } with the receipt code
external-visited = A liaison officer of { $unit } makes a return visit: the person is satisfied
mass-received = The desk of { $unit } takes down what { $parties } owners say together on patrol, with two who represent them
mass-proposed = The desk writes a summary and proposes it, to be led by { $unit }
mass-joined = One more owner says the same online; it is joined to the case, with a receipt code of its own: { $parties } people in all
mass-mediated = The handler of { $unit } puts a mediation on record
mass-agreed = The handler of { $unit } issues the settlement agreement { $number }, which both sides read with their codes
joint-received = The desk of { $unit } takes down a call about kitchen fumes and gives receipt code { $receipt }
joint-proposed = The desk writes a summary and proposes it, to be led by { $unit }
joint-objected = { $unit } thinks that it is not its matter, and objects with reasons
joint-decided = The superior decides: { $unit } leads, and the case is not returned any more
joint-coordinated = The chief of { $unit } coordinates who does what with whom
joint-consulted = The handler of { $unit } puts a joint consultation on record
joint-urged = The chief urges { $unit }, which assists
joint-urge-answered = { $unit } answers
joint-contributed = { $unit } brings what it has to bring
joint-measured = The handler of { $unit } puts on record what was done
complaint-submitted = A citizen complains anonymously about a station's counter and gets receipt code { $receipt }
complaint-read = The desk officer of Lianhu reads the original words (the reading is kept)
complaint-proposed = The desk officer writes a summary and proposes it, to be led by { $unit }
complaint-hidden = The chief of { $unit }, which is complained about, tries to sign and to look: nothing is found
complaint-still-hidden = After the archive, the chief of { $unit } still finds nothing
case-registered = The chief of { $unit } registers it under { $number }; the reply is due by { $due }{ $kind ->
        [provisional] {" "}(provisional: the holidays of that year are not announced yet)
       *[other] {""}
    }
case-assigned = The chief of { $unit } assigns it
case-undertaken = A handler of { $unit } takes it on
case-reported = The handler of { $unit } reports back, with a draft of the reply
case-reviewed-handler = The first review (handler) passes
case-reviewed-office = The second review (office) passes
case-reviewed-leader = The third review (leader in charge) passes
case-sent-back = The second review sends it back: { $reason }
case-reported-again = The handler of { $unit } reports again; the reviews start from the first
case-replied = The handler of { $unit } delivers the reply
citizen-reads-reply = The citizen reads the reply with the receipt code ({ $number })
citizen-satisfied = The citizen confirms: the matter is settled
case-published = { $unit } records the publication
case-examined = { $unit } examines accountability
case-struck-off = The chief signs the strike-off: { $number }
case-archived = Archived: { $number }
citizen-sees-archived = The citizen sees it archived ({ $number })
auditor-sees-readings = The auditor sees that the words were read { $count } times, by whom and why
pair-created = A liaison officer of Yanta pairs with a logistics park ({ $unit })
visit-planned = The officer plans a visit
visit-made = The officer visits
voice-heard = The officer carries what was heard into intake and hands over the receipt code
voice-proposed = The desk officer of Yanta proposes it
officer-sees-fate = The officer sees what became of it: { $outcome }
meeting-convened = Nandajie Station convenes a meeting
meeting-invited = { $count } people are invited: a citizen, a delegate, somebody of the trade
meeting-answered = { $count } accept
meeting-held = The meeting is held; { $count } came
suggestion-made = The citizen speaks of cooking fumes
suggestion-deliberated = Deliberated, with minutes
suggestion-resolved = Resolved
plan-adopted = The plan is adopted and proposed to the ledger
suggestion-supervised = Supervision is recorded
five-ones-complete = The five ones are complete, and the result is back in the meeting: { $outcome }
walked-back = From the case one walks back to the meeting
question-asked = A citizen asks about a certificate, receipt code { $receipt }
question-listed = The desk of public order sees it among what is to do ({ $unit })
question-answered = The desk answers directly
answer-read = The citizen reads the answer
letter-received = { $unit } enters a letter; receipt code { $receipt }
letter-split = The desk splits it into { $count }
parts-proposed = The desk proposes each ({ $unit })
parts-registered = The chief of { $unit } registers each: { $numbers }
parts-replied = { $unit } handles, reviews and answers each
letter-looked-up = With the one code the citizen sees { $count } parts, each with its reply
parts-judged = The citizen judges each
parts-closed = { $unit } publishes, examines, strikes off and archives each
letter-archived = The citizen sees both archived
praise-said = A citizen praises officers; receipt code { $receipt }
praise-recorded = The desk records the praise for { $unit }
praise-counted = Counted apart from the books: { $unit } has { $count }
praise-told = The chief of { $unit } is told
praise-seen = The citizen sees that it was recorded
hotline-received = { $unit } enters what 12345 passed on; receipt code { $receipt }
hotline-proposed = The desk of { $unit } proposes it
citizen-dissatisfied = The citizen judges the reply of round { $round }: dissatisfied
chiefs-told = The chief of { $unit } hears that somebody is not content; the chief one level up, that an exception is theirs to decide
citizen-reopens = The citizen has it taken up again and says why
handler-goes-on = The same handler of { $unit } goes on with { $number } and reads why (which is kept)
citizen-dissatisfied-again = The citizen judges the reply of round { $round }: still dissatisfied
first-door-shut = The chief of { $unit } wants to strike it off: not confirmed, and not one level up
struck-off-by-exception = The city chief, one level up, signs an exception with reasons: { $number }
citizen-sees-both-replies = The citizen sees the replies of both rounds ({ $number })
voice-taken = { $voice } ({ $origin }): { $fate ->
        [answered] answered at the desk of { $unit }
        [praised] recorded as praise for { $unit }
        [split] split into two by { $unit }
       *[registered] led by { $unit }, registered as { $number }
    }

table-origin = Origin
table-answered = answered at the desk
table-praise = praise
table-doors = Struck off: { $confirmed } confirmed by the person, { $exception } by exception (counted apart).
table-BOOK_SUGGESTION = suggestions
table-BOOK_DEMAND = demands
table-BOOK_COMPLAINT = complaints
table-CHANNEL_UNSPECIFIED = unknown
table-CHANNEL_ONLINE = online desk
table-CHANNEL_MEETING = meeting
table-CHANNEL_LIAISON = liaison visit
table-CHANNEL_HALL = reception hall
table-CHANNEL_LETTER = letter
table-CHANNEL_PHONE = telephone
table-CHANNEL_CITY_HOTLINE = 12345
table-CHANNEL_LEADER_BOARD = leaders' board
table-CHANNEL_SMS = 12110
table-CHANNEL_VIDEO = video
table-CHANNEL_PATROL = patrol
table-CHANNEL_AUXILIARY = auxiliary

outcome-OUTCOME_UNSPECIFIED = unknown
outcome-OUTCOME_SUPPORTED = supported
outcome-OUTCOME_PARTLY_SUPPORTED = partly supported
outcome-OUTCOME_EXPLAINED = explained
outcome-OUTCOME_NOT_SUPPORTED = not supported
outcome-OUTCOME_MEDIATED = mediated
outcome-OUTCOME_WITHDRAWN = withdrawn
outcome-OUTCOME_TRANSFERRED = transferred
