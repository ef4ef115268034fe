//! What to search for, suggested while it is being typed: names of goods and titles of tenders.

use domain::language::Language;
use leptos::prelude::*;

/// The list of suggestions of a search field, which names it as its `list`. Without scripts it stays empty, and the field
/// is searched by all the same.
#[island]
pub fn Suggestions(
    /// The id of the field.
    field: String,
    /// The id of the list.
    list: String,
    /// In which language names are suggested.
    language: Language,
    /// Whether titles of tenders are suggested too.
    with_tenders: bool,
) -> impl IntoView {
    let names = RwSignal::new(Vec::<String>::new());
    #[cfg(feature = "hydrate")]
    asking::suggest(field, language, with_tenders, names);
    #[cfg(not(feature = "hydrate"))]
    let _ = (field, language, with_tenders);
    let options = move || names.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! { <datalist id=list>{options}</datalist> }
}

#[cfg(feature = "hydrate")]
mod asking {
    use crate::schema::{Bilingual as _, Words, schema};
    use cynic::QueryBuilder as _;
    use domain::language::Language;
    use leptos::prelude::*;
    use std::rc::Rc;
    use std::cell::Cell;
    use std::time::Duration;

    /// How long nothing must be typed before suggestions are asked for.
    const PAUSE: Duration = Duration::from_millis(150);
    /// The longest text for which anything is suggested, in characters; beyond, people know what they want.
    const TEXT_MOST_CHARS: usize = 40;

    /// The most suggestions: more are not looked through.
    const MOST: usize = 8;

    #[derive(cynic::QueryVariables)]
    struct Typed {
        text: String,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Query", variables = "Typed")]
    struct Goods {
        #[arguments(text: $text, first: 30)]
        search_items: SearchItemsResult,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Query", variables = "Typed")]
    struct Everything {
        #[arguments(text: $text, first: 30)]
        search_items: SearchItemsResult,
        #[arguments(text: $text, first: 3)]
        search_tenders: SearchTendersResult,
    }

    #[derive(cynic::QueryFragment)]
    struct SearchItemsResult {
        hits: Vec<FoundItem>,
    }

    #[derive(cynic::QueryFragment)]
    struct FoundItem {
        item: CatalogueItem,
    }

    #[derive(cynic::QueryFragment)]
    struct CatalogueItem {
        name: Words,
    }

    #[derive(cynic::QueryFragment)]
    struct SearchTendersResult {
        hits: Vec<FoundTender>,
    }

    #[derive(cynic::QueryFragment)]
    struct FoundTender {
        tender: Tender,
    }

    #[derive(cynic::QueryFragment)]
    struct Tender {
        title: Words,
    }

    /// Asks after each pause; an answer that a later question has overtaken is dropped.
    pub(super) fn suggest(field: String, language: Language, with_tenders: bool, names: RwSignal<Vec<String>>) {
        let asked = Rc::new(Cell::new(0_u32));
        let ask = move |text: String| {
            asked.set(asked.get().wrapping_add(1));
            let (mine, asked) = (asked.get(), Rc::clone(&asked));
            let text = text.trim().to_owned();
            if text.is_empty() || text.chars().count() > TEXT_MOST_CHARS {
                names.set(Vec::new());
                return;
            }
            leptos::task::spawn_local(async move {
                // What is not answered is no loss: the search itself says what is wrong.
                let Ok(found) = find(Typed { text }, with_tenders).await else { return };
                if asked.get() == mine {
                    names.set(once_each(found.iter().map(|words| words.said_in(language))));
                }
            });
        };
        let ask = leptos::leptos_dom::helpers::debounce(PAUSE, ask);
        let ask = std::cell::RefCell::new(ask);
        crate::browser::on_input(field, move |text| (ask.borrow_mut())(text));
    }

    async fn find(typed: Typed, with_tenders: bool) -> Result<Vec<Words>, String> {
        let (goods, tenders) = if with_tenders {
            let found = crate::browser::ask(Everything::build(typed)).await?;
            (found.search_items.hits, found.search_tenders.hits)
        } else {
            (crate::browser::ask(Goods::build(typed)).await?.search_items.hits, Vec::new())
        };
        Ok(tenders.into_iter().map(|hit| hit.tender.title).chain(goods.into_iter().map(|hit| hit.item.name)).collect())
    }

    /// Several suppliers sell goods of one name, so that many hits make a few suggestions.
    fn once_each<'name>(names: impl Iterator<Item = &'name str>) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for name in names {
            if told.len() < MOST && !told.iter().any(|told| told == name) {
                told.push(name.to_owned());
            }
        }
        told
    }
}
