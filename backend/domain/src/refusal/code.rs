//! The table of codes. A code never changes its meaning; its words stand in `texts/*/refusals.ftl`.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($( $(#[$meta:meta])* $name:ident = $code:literal ),* $(,)?) => {
        /// Every reason for which the marketplace says no. Named by the fact.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $( $(#[$meta])* #[serde(rename = $code)] $name ),* }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as integrators see it; it never changes its meaning.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

codes! {
    // ---- any room ----
    /// A required value is missing.
    Required = "REQUIRED",
    /// A text is longer than its limit.
    TooLong = "TOO_LONG",
    /// A number lies outside its bounds.
    OutOfRange = "OUT_OF_RANGE",
    /// Only a buyer buys by the rules of a policy pack.
    NotABuyer = "NOT_A_BUYER",
    /// A value does not have the form that it needs.
    Malformed = "MALFORMED",
    /// A text holds invisible or direction-changing characters.
    HiddenCharacters = "HIDDEN_CHARACTERS",
    /// Somebody else changed the record since it was read.
    Conflict = "CONFLICT",
    /// The same idempotency key came with another input.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
    /// The act is not possible in the state in which the record is.
    WrongState = "WRONG_STATE",
    /// The record is not there, or not for you to know.
    NotFound = "NOT_FOUND",
    /// Your role does not allow the act.
    NotAllowed = "NOT_ALLOWED",
    /// Two persons are needed, and this is the same one.
    SamePerson = "SAME_PERSON",
    /// A file is larger than its limit.
    FileTooLarge = "FILE_TOO_LARGE",
    /// A file is not of a kind that is taken here.
    FileKindNotTaken = "FILE_KIND_NOT_TAKEN",
    /// A file belongs to another record.
    FileElsewhere = "FILE_ELSEWHERE",

    // ---- the contract ----
    /// A query is nested deeper than the limit.
    QueryTooDeep = "QUERY_TOO_DEEP",
    /// A query asks for more than the limit at once.
    QueryTooComplex = "QUERY_TOO_COMPLEX",
    /// A query is longer than the limit, in words and marks.
    QueryTooLong = "QUERY_TOO_LONG",
    /// A query gives more aliases than the limit.
    QueryTooManyAliases = "QUERY_TOO_MANY_ALIASES",
    /// A query asks for more root fields than the limit.
    QueryTooManyRootFields = "QUERY_TOO_MANY_ROOT_FIELDS",
    /// Several requests came in one.
    BatchNotTaken = "BATCH_NOT_TAKEN",
    /// A form with files came without the header that other sites can't send.
    PreflightHeaderMissing = "PREFLIGHT_HEADER_MISSING",
    /// No query is kept under this hash.
    PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND",
    /// The hash isn't that of the query.
    PersistedQueryMismatch = "PERSISTED_QUERY_MISMATCH",
    /// A connection has as many subscriptions as it may.
    SubscriptionsTooMany = "SUBSCRIPTIONS_TOO_MANY",
    /// A request is larger than the limit.
    RequestTooLarge = "REQUEST_TOO_LARGE",
    /// A query does not follow GraphQL or the schema.
    QueryInvalid = "QUERY_INVALID",

    // ---- identity ----
    /// The unified social credit code fails GB 32100-2015.
    CreditCodeInvalid = "CREDIT_CODE_INVALID",
    /// An organization with this credit code is there already.
    CreditCodeTaken = "CREDIT_CODE_TAKEN",
    /// The login is in use.
    LoginTaken = "LOGIN_TAKEN",
    /// The person holds a role in an organization on the other side of a purchase.
    MemberElsewhere = "MEMBER_ELSEWHERE",
    /// The act was done before, and its answer, a secret, is told only once.
    AnsweredOnce = "ANSWERED_ONCE",
    /// The colleague has chosen a password: nobody else gives another.
    PasswordChosen = "PASSWORD_CHOSEN",
    /// The account was made by others, or its owner works for others too: its password is not given anew here.
    AccountOfOthers = "ACCOUNT_OF_OTHERS",
    /// The new password is the present one.
    PasswordUnchanged = "PASSWORD_UNCHANGED",
    /// Login and password don't belong together.
    SignInFailed = "SIGN_IN_FAILED",
    /// Too many attempts; try again later.
    TooManyAttempts = "TOO_MANY_ATTEMPTS",
    /// The password is too short, too common or like the login.
    PasswordTooWeak = "PASSWORD_TOO_WEAK",
    /// Nobody would be left to administer the organization.
    LastAdministrator = "LAST_ADMINISTRATOR",
    /// The present password is wrong.
    PasswordWrong = "PASSWORD_WRONG",
    /// A refresh token was used after its rotation; its family has ended.
    TokenReused = "TOKEN_REUSED",
    /// The session has ended.
    SessionEnded = "SESSION_ENDED",

    // ---- catalogue ----
    /// There is no such category.
    CategoryUnknown = "CATEGORY_UNKNOWN",
    /// A category stands twice in the table.
    CategoryRepeated = "CATEGORY_REPEATED",
    /// A category's parent is missing.
    CategoryWithoutParent = "CATEGORY_WITHOUT_PARENT",
    /// The GTIN's length or check digit is wrong.
    GtinInvalid = "GTIN_INVALID",
    /// A price by agreement is no stated price.
    PriceByAgreement = "PRICE_BY_AGREEMENT",
    /// A price can't be read, or can be read in two ways.
    PriceMalformed = "PRICE_MALFORMED",
    /// A price must be more than nothing.
    PriceNotPositive = "PRICE_NOT_POSITIVE",
    /// The quantities of price tiers must increase.
    TiersNotIncreasing = "TIERS_NOT_INCREASING",
    /// The price tiers of an item are in different currencies.
    TiersMixedCurrencies = "TIERS_MIXED_CURRENCIES",
    /// A currency isn't one that is taken here.
    CurrencyNotTaken = "CURRENCY_NOT_TAKEN",
    /// A quantity isn't a whole number.
    QuantityMalformed = "QUANTITY_MALFORMED",
    /// A stock isn't a number.
    StockMalformed = "STOCK_MALFORMED",
    /// A lead time isn't a number of days.
    LeadTimeMalformed = "LEAD_TIME_MALFORMED",
    /// A delivery area isn't known.
    AreaUnknown = "AREA_UNKNOWN",
    /// A period ends before it begins.
    ValidityReversed = "VALIDITY_REVERSED",
    /// A name would run as a formula in a spreadsheet.
    FormulaAsText = "FORMULA_AS_TEXT",
    /// A formula carries no stored result.
    FormulaWithoutResult = "FORMULA_WITHOUT_RESULT",
    /// A cell holds a spreadsheet's error.
    CellError = "CELL_ERROR",
    /// An item's number can't change.
    ItemNumberFixed = "ITEM_NUMBER_FIXED",
    /// The supplier has an item of this number already.
    ItemNumberTaken = "ITEM_NUMBER_TAKEN",
    /// An item number stands twice in a file with different contents.
    ItemNumberRepeated = "ITEM_NUMBER_REPEATED",
    /// A row has more cells than the header.
    ColumnsShifted = "COLUMNS_SHIFTED",
    /// A price list has no header that can be read.
    HeaderNotFound = "HEADER_NOT_FOUND",
    /// A price list lacks columns that every item needs.
    ColumnsMissing = "COLUMNS_MISSING",
    /// A price list has too many rows or columns.
    ListTooLong = "LIST_TOO_LONG",
    /// A price list has no article.
    ListEmpty = "LIST_EMPTY",
    /// A file is damaged or in an encoding that can't be read.
    FileUnreadable = "FILE_UNREADABLE",
    /// A compressed file would unfold beyond its limit (a ZIP bomb).
    ArchiveTooDense = "ARCHIVE_TOO_DENSE",

    // ---- tendering: warnings of a draft ----
    /// A warning of the draft has neither been mended nor overridden with a reason.
    WarningsOpen = "WARNINGS_OPEN",
    /// The warning is not there, or its facts have changed since it was read.
    WarningChanged = "WARNING_CHANGED",
    /// A reason is too short to explain anything.
    ReasonTooShort = "REASON_TOO_SHORT",

    // ---- tendering: bids and their opening ----
    /// The bid came after the deadline.
    BidLate = "BID_LATE",
    /// The supplier's bid is in already; a second one must name what it replaces.
    BidAlreadyIn = "BID_ALREADY_IN",
    /// A supplier may bid for no more lots of this tender.
    LotCapReached = "LOT_CAP_REACHED",
    /// The lot has ended without an award; its bids stay closed.
    LotFailed = "LOT_FAILED",
    /// What is reserved asks for a way to bid that the documents don't take.
    ReservationContradicted = "RESERVATION_CONTRADICTED",
    /// A lot has no item.
    LotEmpty = "LOT_EMPTY",
    /// The budgets of the lots do not make up the tender's.
    LotBudgetsDiffer = "LOT_BUDGETS_DIFFER",
    /// The bid has been withdrawn.
    BidWithdrawn = "BID_WITHDRAWN",
    /// The envelope was sealed for an earlier version of the documents.
    BidForOldDocuments = "BID_FOR_OLD_DOCUMENTS",
    /// The bid needs no confirmation: the documents have not changed since.
    BidNotStale = "BID_NOT_STALE",
    /// Manifest, ciphertext and commitment don't belong together.
    CommitmentWrong = "COMMITMENT_WRONG",
    /// The envelope was sealed for another tender, lot or bidder.
    BidForSomethingElse = "BID_FOR_SOMETHING_ELSE",
    /// The envelope was sealed to other holders, or with another threshold, than the tender's.
    BidSealedToOthers = "BID_SEALED_TO_OTHERS",
    /// A holder's public key does not read.
    RecipientInvalid = "RECIPIENT_INVALID",
    /// The public key is registered already.
    RecipientTaken = "RECIPIENT_TAKEN",
    /// Bids are not opened before the deadline.
    OpeningTooEarly = "OPENING_TOO_EARLY",
    /// One supplier has too many questions about a tender that wait for an answer.
    QuestionsTooMany = "QUESTIONS_TOO_MANY",
    /// Questions about a tender are no longer taken.
    QuestionsOver = "QUESTIONS_OVER",
    /// Questions would end too late for an answer that affects bids.
    QuestionsEndTooLate = "QUESTIONS_END_TOO_LATE",
    /// Questions would have ended before the notice goes out.
    QuestionsEndTooEarly = "QUESTIONS_END_TOO_EARLY",
    /// A bidder reveals before the holders had their day.
    RevealTooEarly = "REVEAL_TOO_EARLY",
    /// Bidders are judged while a bid waits to be opened.
    BidsUnopened = "BIDS_UNOPENED",
    /// Fewer bidders than competition needs.
    TooFewBids = "TOO_FEW_BIDS",
    /// A share is not the one that was sealed to this holder.
    ShareWrong = "SHARE_WRONG",
    /// The holder's shares of some bids are missing.
    SharesMissing = "SHARES_MISSING",
    /// The holder has handed in its shares already.
    SharesInAlready = "SHARES_IN_ALREADY",
    /// The key does not open the bid.
    BidKeyWrong = "BID_KEY_WRONG",

    // ---- contracting: baskets and orders ----
    /// The basket holds as many lines as it may.
    BasketFull = "BASKET_FULL",
    /// There is nothing to order.
    NothingToOrder = "NOTHING_TO_ORDER",
    /// The item is not on offer: withdrawn, expired or not for sale in this quantity.
    NotOnOffer = "NOT_ON_OFFER",
    /// The price is another than the one that the buyer saw.
    PriceChanged = "PRICE_CHANGED",
    /// The supplier has fewer in stock than asked for.
    StockTooLow = "STOCK_TOO_LOW",
    /// The supplier does not deliver this item to that place.
    NotDeliveredThere = "NOT_DELIVERED_THERE",
    /// Amounts of different currencies in one sum.
    CurrenciesDiffer = "CURRENCIES_DIFFER",
    /// A sum is larger than amounts may be.
    AmountTooLarge = "AMOUNT_TOO_LARGE",
    /// The same line stands twice in one paper.
    LineTwice = "LINE_TWICE",
    /// More would be despatched than is still to be despatched.
    DespatchTooLarge = "DESPATCH_TOO_LARGE",
    /// More would be received than is on its way.
    ReceiptTooLarge = "RECEIPT_TOO_LARGE",
    /// Goods have left already, so that the order can't be cancelled as a whole.
    AlreadyDespatched = "ALREADY_DESPATCHED",
    /// Everything not cancelled has been despatched, so that no rest is left to cancel.
    NothingToCancel = "NOTHING_TO_CANCEL",
    /// The order still waits for goods, so that it can't be closed.
    OrderStillOpen = "ORDER_STILL_OPEN",

    // ---- tendering: evaluation, award, contract ----
    /// A bidder's required paper has not been judged.
    FindingMissing = "FINDING_MISSING",
    /// Two related bidders for one lot have not been judged.
    RelationUnjudged = "RELATION_UNJUDGED",
    /// A panel has fewer members than the rule asks.
    MembersTooFew = "MEMBERS_TOO_FEW",
    /// A panel has an even number of members.
    PanelEven = "PANEL_EVEN",
    /// Somebody on the panel is no evaluator.
    NotAnEvaluator = "NOT_AN_EVALUATOR",
    /// Somebody on the panel has an interest: acted for the buyer, belongs to a bidder, or stepped back.
    MemberConflicted = "MEMBER_CONFLICTED",
    /// Not every member has declared to have no conflict of interest.
    ConflictUndeclared = "CONFLICT_UNDECLARED",
    /// A score sheet lacks points or judgements.
    ScoresIncomplete = "SCORES_INCOMPLETE",
    /// A score sheet was handed in and can't change.
    ScoresSubmitted = "SCORES_SUBMITTED",
    /// An abnormally low price has no note.
    LowPriceUnexplained = "LOW_PRICE_UNEXPLAINED",
    /// Not every member has signed the report.
    ReportUnsigned = "REPORT_UNSIGNED",
    /// The bid is not the one that is ranked first.
    NotFirstRanked = "NOT_FIRST_RANKED",
    /// The award is not published.
    AwardUnpublished = "AWARD_UNPUBLISHED",
    /// The time for signing the contract is over.
    SignatureLate = "SIGNATURE_LATE",
    /// You have signed this already.
    AlreadySigned = "ALREADY_SIGNED",

    // ---- tendering: the tender ----
    /// The deadline leaves fewer days than the law asks.
    DeadlineTooEarly = "DEADLINE_TOO_EARLY",
    /// A change would move the deadline nearer.
    DeadlineMovedNearer = "DEADLINE_MOVED_NEARER",
    /// What is bought and who qualifies stay as the notice said.
    SubjectFixed = "SUBJECT_FIXED",
    /// A change that changes nothing.
    NothingChanged = "NOTHING_CHANGED",
    /// The intention has not been public for as long as the rule asks.
    PlanTooRecent = "PLAN_TOO_RECENT",
    /// The deadline has passed.
    DeadlinePassed = "DEADLINE_PASSED",
    /// The deadline has not been reached.
    DeadlineNotReached = "DEADLINE_NOT_REACHED",
    /// The points of the criteria don't sum to a hundred.
    WeightsNotHundred = "WEIGHTS_NOT_HUNDRED",
    /// The price weighs less than the law asks.
    PriceWeightTooLow = "PRICE_WEIGHT_TOO_LOW",
    /// A security is over its cap.
    SecurityTooHigh = "SECURITY_TOO_HIGH",
    /// The price deduction for micro and small enterprises lies outside its bounds.
    DeductionOutOfRange = "DEDUCTION_OUT_OF_RANGE",
    /// The panel has too few members, or an even number.
    PanelTooSmall = "PANEL_TOO_SMALL",
    /// There are fewer key holders than are needed to open, or fewer than two are needed.
    HoldersTooFew = "HOLDERS_TOO_FEW",

    // ---- tendering: the procedure ----
    /// The law of the day does not have the procedure.
    ProcedureNotInForce = "PROCEDURE_NOT_IN_FORCE",
    /// The ground does not allow the procedure.
    GroundUnfit = "GROUND_UNFIT",
    /// Above the threshold another procedure than an open tender needs the finance authority's approval.
    ApprovalMissing = "APPROVAL_MISSING",
    /// The procedure does not compare bids so.
    EvaluationMethodUnfit = "EVALUATION_METHOD_UNFIT",
    /// The price weighs more than the law lets it.
    PriceWeightTooHigh = "PRICE_WEIGHT_TOO_HIGH",
    /// The time for applications or objections is shorter than the law asks.
    AnnouncementTooShort = "ANNOUNCEMENT_TOO_SHORT",
    /// The time for applications or objections still runs.
    AnnouncementRuns = "ANNOUNCEMENT_RUNS",
    /// The time for applications or objections is over.
    AnnouncementOver = "ANNOUNCEMENT_OVER",
    /// Fewer suppliers are asked for bids than the law asks.
    InvitedTooFew = "INVITED_TOO_FEW",
    /// The supplier is not among those who are asked for bids.
    NotInvited = "NOT_INVITED",
    /// The organization is no agency.
    NotAnAgency = "NOT_AN_AGENCY",
    /// An agency has been entrusted with the tender, or asked to be.
    MandateStands = "MANDATE_STANDS",
    /// No mandate waits for an answer, or stands.
    NoMandate = "NO_MANDATE",
    /// The purchase or the lot is reserved for smaller enterprises.
    BidderTooLarge = "BIDDER_TOO_LARGE",
    /// An offer that was made once stands.
    OfferStands = "OFFER_STANDS",
    /// The supplier has applied already.
    AppliedAlready = "APPLIED_ALREADY",
    /// A tender has as many applications as it takes.
    ApplicationsTooMany = "APPLICATIONS_TOO_MANY",
    /// Applications have not been judged.
    ApplicationsUnjudged = "APPLICATIONS_UNJUDGED",
    /// The supplier has objected already.
    ObjectedAlready = "OBJECTED_ALREADY",
    /// The supplier objects to a purchase from itself.
    SoleSupplierObjects = "SOLE_SUPPLIER_OBJECTS",
    /// Objections have not been answered.
    ObjectionsUnanswered = "OBJECTIONS_UNANSWERED",
    /// An objection was upheld: the purchase does not go on by this procedure.
    ObjectionUpheld = "OBJECTION_UPHELD",
    /// There are suppliers with whom nobody has negotiated.
    NegotiationMissing = "NEGOTIATION_MISSING",

    // ---- tendering: consortia ----
    /// The procedure asks suppliers by name, who can't bring others along.
    ConsortiaUnfit = "CONSORTIA_UNFIT",
    /// The tender takes no consortia.
    ConsortiumNotTaken = "CONSORTIUM_NOT_TAKEN",
    /// The tender takes no first bids now, so nothing is agreed any more.
    ConsortiumLate = "CONSORTIUM_LATE",
    /// A supplier has proposed as many consortia for a tender as it may.
    ConsortiaTooMany = "CONSORTIA_TOO_MANY",
    /// No supplier is registered under this credit code.
    ConsortiumMemberUnknown = "CONSORTIUM_MEMBER_UNKNOWN",
    /// The shares of a consortium's members don't sum to the whole.
    ConsortiumSharesNotWhole = "CONSORTIUM_SHARES_NOT_WHOLE",
    /// A supplier is bound by another consortium for the same lot.
    ConsortiumMemberTwice = "CONSORTIUM_MEMBER_TWICE",
    /// A member of a consortium has a bid of its own in for the same lot.
    ConsortiumMemberHasBid = "CONSORTIUM_MEMBER_HAS_BID",
    /// A member of a consortium bids alone for the same lot.
    ConsortiumMemberBidsAlone = "CONSORTIUM_MEMBER_BIDS_ALONE",
    /// Not every member of a consortium has agreed.
    ConsortiumNotAgreed = "CONSORTIUM_NOT_AGREED",
    /// The consortium's bid is in, so nobody leaves it.
    ConsortiumHasBid = "CONSORTIUM_HAS_BID",

    // ---- contracting: bid security; tendering: registration for documents ----
    /// The notice asks for no bid security.
    SecurityNotAsked = "SECURITY_NOT_ASKED",
    /// The supplier has lodged a security for this tender already.
    SecurityLodgedAlready = "SECURITY_LODGED_ALREADY",
    /// A guarantee is for less than the notice asks.
    SecurityTooLow = "SECURITY_TOO_LOW",
    /// A guarantee ends before bids cease to bind.
    GuaranteeTooShort = "GUARANTEE_TOO_SHORT",
    /// Nothing has happened that makes the security due back.
    SecurityNotDue = "SECURITY_NOT_DUE",
    /// Finance has not decided on securities of bidders.
    SecuritiesUndecided = "SECURITIES_UNDECIDED",
    /// A day on which something has happened lies in the future.
    DayInFuture = "DAY_IN_FUTURE",
    /// The supplier has registered for these documents already.
    RegisteredAlready = "REGISTERED_ALREADY",
}
