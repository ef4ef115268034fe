//! The workspace in which a supplier prepares a bid. Its controls stand in no form: nothing that is written here can be
//! posted, by whichever key is pressed, script or not.

use super::consortium::{ConsortiumMember, Standing};
use super::bid::{BidState, RequirementKind, Room, Tender, titled};
use crate::islands::bidding::bid::{BidTasks, TaskWords};
use crate::islands::bidding::bid_check::{BidSeal, SealWords};
use crate::islands::bidding::bid_offer::{Asked, AskedPaper, AskedRequirement, DOMESTIC_COST, MET, NOT_MET, answer_name, file_name, met_name, note_name, subcontract_name};
use crate::prelude::*;
use domain::money::Currency;

/// The kinds of papers that can be attached.
const PAPER_KINDS: &str = ".pdf,.png,.jpg,.jpeg,.xlsx,.xls,.docx,.doc,.ofd,.csv,.txt,.zip";

/// The page.
pub(super) fn page(visit: &Visit, room: Room) -> Answered {
    let title = if room.bid.is_some() && visit.query("replace").is_some() { "bid-title-replace" } else { "bid-title" };
    titled(visit, &room.id, &room.tender, title).wide().show(move || {
        let name = room.name();
        let asked = asked(&room);
        let replaces = visit_replaces(&room);
        let address = room.address();
        let (scope, words) = (room.scope.clone(), seal_words(&room.tender));
        let tasks = view! { <BidTasks scope=room.scope.clone() asked=asked.clone() words=task_words()/> }.into_any();
        let check = view! { <BidSeal scope address terms=room.beside("/terms") replaces=replaces.clone() consortium=consortium(&room) asked words/> }.into_any();
        view! {
            <h1>{say(title)}</h1>
            <p class="lead">{name}" "<span class="quiet">{room.tender.number.clone()}</span></p>
            {room.tender.deadline_at.map(|at| view! { <Countdown at/> })}
            {for_whom(&room)}
            {before(&room)}
            {super::bid_policies::reserved_note(&room.tender, room.size, room.lot_number())}
            {room.security_note()}
            <Notice tone=Tone::Sealed title=say("bid-draft-here")><p>{say("bid-draft-here-why")}</p></Notice>
            <div class="until-awake"><Notice tone=Tone::Warning title=say("bid-needs-script")><p>{say("bid-needs-script-why")}</p></Notice></div>
            <div class="bid-work when-awake">
                {tasks}
                <div class="bid-main">
                    <div id="bid-fields" class="form">
                        {requirements(&room.tender)}
                        {papers(&room)}
                        {offer(&room.tender, room.lot_number())}
                        {price(&room.tender)}
                    </div>
                    {check}
                </div>
            </div>
            {by_command(&room, replaces)}
        }
    })
}

/// The consortium for which the reader bids; empty when there is none.
fn consortium(room: &Room) -> String {
    match &room.standing {
        Standing::Leads(one) => one.id.inner().to_owned(),
        _ => String::new(),
    }
}

/// For whom the reader bids, where suppliers may bid together.
fn for_whom(room: &Room) -> Option<AnyView> {
    let to = format!("/tenders/{}/consortium", room.id);
    match &room.standing {
        Standing::Leads(one) => {
            let names = one.members.iter().map(ConsortiumMember::name).collect::<Vec<_>>().join(&say("list-separator"));
            let title = say_with("bid-for-consortium-of", facts([("members", names.into())]));
            Some(view! { <Notice tone=Tone::Info title><p>{say("bid-for-consortium-why")}" "<a href=to>{say("consortium-page-title")}</a></p></Notice> }.into_any())
        }
        _ => room.tender.joint_bidding.takes_consortia.then(|| view! { <p>{say("bid-for-itself-why")}" "<a href=to>{say("consortium-page-title")}</a></p> }.into_any()),
    }
}

/// The bid whose place the new one takes: the one that is in.
fn visit_replaces(room: &Room) -> String {
    let is_anew = visit().query("replace").is_some();
    room.bid.as_ref().filter(|_| is_anew).map(|bid| bid.id.inner().to_owned()).unwrap_or_default()
}

/// What came before: a bid that was withdrawn, or one that still counts until the new one is in.
fn before(room: &Room) -> Option<AnyView> {
    let bid = room.bid.as_ref()?;
    let is_anew = visit().query("replace").is_some();
    let key = match bid.state {
        BidState::Negotiated => "bid-final-offer",
        _ if is_anew => "bid-replaces",
        _ => "bid-was-withdrawn",
    };
    let received = || facts([("received", bid.received_at.into())]);
    let (title, why) = (say_with(key, received()), say_with(&format!("{key}-why"), received()));
    Some(view! { <Notice tone=Tone::Info title><p>{why}</p></Notice> }.into_any())
}

/// The papers of the bidder, then those of the other members of its consortium: whose, and which.
fn all_papers(room: &Room) -> Vec<(Option<&ConsortiumMember>, &super::bid::Paper)> {
    let others = match &room.standing {
        Standing::Leads(one) => one.members.iter().filter(|member| !member.is_lead).collect(),
        _ => Vec::new(),
    };
    let whose = std::iter::once(None).chain(others.into_iter().map(Some));
    whose.flat_map(|member| room.tender.papers.iter().map(move |paper| (member, paper))).collect()
}

/// A paper's name, with its member's where it is not the bidder's own.
fn paper_name(member: Option<&ConsortiumMember>, paper: &super::bid::Paper) -> String {
    let name = visit().local(&paper.name).to_owned();
    match member {
        Some(member) => say_with("bid-paper-of-member", facts([("member", member.name().into()), ("paper", name.into())])),
        None => name,
    }
}

fn asked(room: &Room) -> Asked {
    let (visit, tender) = (visit(), &room.tender);
    let requirement = |(place, one): (usize, &super::bid::Requirement)| AskedRequirement {
        text: format!("{}. {}", place + 1, visit.local(&one.text)),
        is_essential: one.kind == RequirementKind::Essential,
    };
    let paper = |(member, paper): (Option<&ConsortiumMember>, &super::bid::Paper)| AskedPaper {
        key: paper.key.clone(),
        member: member.and_then(|member| member.member_id.parse().ok()),
        name: paper_name(member, paper),
        is_obligatory: paper.is_obligatory,
    };
    Asked {
        document_version: u32::try_from(tender.document_version).unwrap_or_default(),
        currency: Currency::from_code(&tender.budget.currency).unwrap_or(Currency::CNY),
        budget_minor: tender.budget.amount_minor,
        requirements: tender.requirements.iter().enumerate().map(requirement).collect(),
        papers: all_papers(room).into_iter().map(paper).collect(),
        subcontracts: if tender.joint_bidding.subcontracting.is_some() { SUBCONTRACT_LINES } else { 0 },
        asks_domestic_cost: tender.domestic_preference.is_some(),
        green: super::bid_policies::preferred(tender, room.lot_number()),
    }
}

fn requirements(tender: &Tender) -> AnyView {
    let visit = visit();
    let rows = tender.requirements.iter().enumerate().map(|(place, one)| {
        let mark = match one.kind {
            RequirementKind::Essential => format!(" · {}", say("requirement-essential")),
            RequirementKind::Important => format!(" · {}", say("requirement-important")),
            RequirementKind::Plain => String::new(),
        };
        let label = format!("{}. {}{mark}", place + 1, visit.local(&one.text));
        let picks = vec![Pick::new(MET, say("bid-met")), Pick::new(NOT_MET, say("bid-not-met"))];
        let how = say_with("bid-how", facts([("place", (place + 1).into())]));
        view! {
            <div class="bid-answer">
                <Choices name=met_name(place) label picks/>
                <TextArea name=answer_name(place) label=how rows=2 optional=true/>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! { <section id="bid-requirements"><h2>{say("bid-task-requirements")}</h2><p class="help">{say("bid-requirements-help")}</p>{rows}</section> }.into_any()
}

fn papers(room: &Room) -> AnyView {
    let rows = all_papers(room).into_iter().enumerate().map(|(place, (member, paper))| {
        let label = paper_name(member, paper);
        let file = say_with("bid-paper-file", facts([("paper", label.clone().into())]));
        view! {
            <div class="bid-answer">
                <TextArea name=note_name(place) label rule=paper.source.clone() rows=2 optional=!paper.is_obligatory/>
                <FileField name=file_name(place) label=file accept=PAPER_KINDS most_mb=15 optional=true/>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! { <section id="bid-papers"><h2>{say("bid-task-papers")}</h2><p class="help">{say("bid-papers-help")}</p>{rows}</section> }.into_any()
}

/// The lines for what is left to others.
const SUBCONTRACT_LINES: usize = 5;

/// What the bidder means to leave to others, where the documents let it.
fn subcontracts(tender: &Tender) -> Option<AnyView> {
    let parts = visit().local(tender.joint_bidding.subcontracting.as_ref()?).to_owned();
    let lines = (0..SUBCONTRACT_LINES).map(|place| {
        let name = |field: &str| subcontract_name(place, field);
        let sizes = ["micro", "small", "medium", "large"].map(|size| Pick::new(size, say(&format!("enterprise-size-{size}"))));
        view! {
            <fieldset class="draft-row">
                <legend>{say_with("subcontract-number", facts([("number", (place + 1).into())]))}</legend>
                <Field name=name("name") label=say("subcontract-name") optional=true autocomplete="off"/>
                <Field name=name("creditCode") label=say("consortium-credit-code") width="short" optional=true autocomplete="off"/>
                <Choices name=name("size") label=say("subcontract-size") picks=sizes.into() optional=true/>
                <Field name=name("share") label=say("consortium-share") width="narrow" inputmode="decimal" optional=true autocomplete="off"/>
                <TextArea name=name("part") label=say("subcontract-part") rows=2 optional=true/>
            </fieldset>
        }
    });
    let lines = lines.collect_view();
    let help = say_with("subcontracts-help", facts([("parts", parts.into())]));
    Some(view! { <details class="subcontracts"><summary>{say("subcontracts-declare")}</summary><p class="help">{help}</p>{lines}</details> }.into_any())
}

fn offer(tender: &Tender, lot: i32) -> AnyView {
    let domestic = tender.domestic_preference.as_ref().map(|terms| {
        let rule = super::tender_policies::domestic_words(terms);
        view! { <Field name=DOMESTIC_COST label=say("bid-domestic") help=say("bid-domestic-help") rule inputmode="numeric" optional=true width="narrow" autocomplete="off"/> }
    });
    view! {
        <section id="bid-offer">
            <h2>{say("bid-task-offer")}</h2>
            <TextArea name="technical" label=say("bid-technical") help=say("bid-technical-help") rows=8/>
            <Field name="brand" label=say("bid-brand") rule=say("bid-brand-rule") optional=true width="short" autocomplete="off"/>
            {domestic}
            {super::bid_policies::certificates(tender, lot)}
            {subcontracts(tender)}
        </section>
    }
    .into_any()
}

fn price(tender: &Tender) -> AnyView {
    let budget: domain::money::Money = tender.budget.clone().into();
    let rule = say_with("bid-price-rule", facts([("budget", budget.into())]));
    view! {
        <section id="bid-price">
            <h2>{say("bid-task-price")}</h2>
            <MoneyField name="price" label=say("bid-price") help=say("bid-price-help") rule currency=budget.currency/>
        </section>
    }
    .into_any()
}

/// For those who seal by the command line: the terms, the command, and a native form for what came out of it.
fn by_command(room: &Room, replaces: String) -> AnyView {
    let (terms, consortium) = (room.beside("/terms"), consortium(room));
    view! {
        <details class="bid-by-command" open=visit().is_again()>
            <summary>{say("bid-by-command")}</summary>
            <p>{say("bid-by-command-why")}</p>
            <ol>
                <li><a href=terms download="terms.json">{say("bid-terms-save")}</a></li>
                <li>{say("bid-command")}<br/><code>"zhaocai seal bid.json --terms terms.json --envelope bid.age --manifest manifest.json"</code></li>
                <li>{say("bid-hand-in-files")}</li>
            </ol>
            <Form files=true>
                <input type="hidden" name="replaces" value=replaces/>
                <input type="hidden" name="consortium" value=consortium/>
                <FileField name="manifest" label=say("bid-manifest") accept=".json" most_mb=1/>
                <FileField name="envelope" label=say("bid-envelope") accept=".age" most_mb=20/>
                <Button label=say("bid-hand-in") name="do" value="hand-in"/>
            </Form>
        </details>
    }
    .into_any()
}

fn task_words() -> TaskWords {
    let counted = |key: &str| say_with(key, facts([("done", "{done}".into()), ("of", "{of}".into())]));
    TaskWords {
        heading: say("bid-tasks"),
        tasks: ["requirements", "papers", "offer", "price", "check"].map(|task| say(&format!("bid-task-{task}"))),
        not_begun: say("bid-state-not-begun"),
        begun: counted("bid-state-begun"),
        done: say("bid-state-done"),
        blocked: say("bid-state-blocked"),
        ready: say("bid-state-ready"),
        unsaved: say("bid-unsaved"),
        saved: say_with("bid-saved", facts([("time", "{time}".into())])),
        save_failed: say("bid-save-failed"),
        stale: say("bid-draft-stale"),
        discard: say("bid-discard"),
        discard_title: say("bid-discard-title"),
        discard_what: say("bid-discard-what"),
        back: say("dialog-back"),
    }
}

fn seal_words(tender: &Tender) -> SealWords {
    let about = |key: &str| say_with(key, facts([("what", "{what}".into())]));
    let budget: domain::money::Money = tender.budget.clone().into();
    SealWords {
        heading: say("bid-task-check"),
        lead: say("bid-check-lead"),
        price: say("bid-price"),
        technical: say("bid-technical"),
        brand: say("bid-brand"),
        domestic: say("bid-domestic"),
        green: say("bid-green-shown"),
        met: say("bid-met"),
        not_met: say("bid-not-met"),
        nothing: say("bid-nothing"),
        lacks: say("bid-lacks"),
        lack_requirement: about("bid-lack-requirement"),
        lack_paper: about("bid-lack-paper"),
        lack_paper_kind: say_with("bid-lack-paper-kind", facts([("what", "{what}".into()), ("kinds", domain::oversight::file::KINDS_TOLD.into())])),
        lack_subcontract: about("bid-lack-subcontract"),
        subcontract: about("bid-subcontract"),
        lack_offer: say("bid-lack-offer"),
        lack_price: say("bid-lack-price"),
        lack_domestic: say("bid-lack-domestic"),
        doubts: say("bid-doubts"),
        doubt_essential: about("bid-doubt-essential"),
        doubt_budget: say_with("bid-doubt-budget", facts([("budget", budget.into())])),
        seal_what: say_with("bid-seal-what", facts([("needed", i64::from(tender.threshold).into())])),
        seal: say("bid-seal"),
        asking: say("bid-asking"),
        sealing: say("bid-sealing"),
        sending: say("bid-sending"),
        unreachable: say("bid-unreachable"),
        not_sent: say("bid-not-sent"),
        sign_in: say("bid-session-ended"),
        documents_changed: say("bid-documents-changed"),
        not_sealed: say("bid-not-sealed"),
        too_large: say("bid-too-large"),
        refused: say("bid-refused"),
    }
}
