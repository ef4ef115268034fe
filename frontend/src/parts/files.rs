//! Stored files: what each is, how large, and by which hash anybody can tell that it is the same.

use domain::oversight::file::{kind_told, size_told};
use leptos::prelude::*;

use crate::{
    schema::StoredFile,
    visit::{facts, say, say_with},
};

/// Files to read or save. With `removing`, each can be ticked to be taken off the list, which posts its id under that name.
#[component]
pub fn FileList(
    /// The files in order.
    files: Vec<StoredFile>,
    /// The posted name of what is taken off.
    #[prop(optional)]
    removing: Option<&'static str>,
) -> impl IntoView {
    let entries = files
        .into_iter()
        .map(|file| {
            let facts_told = format!("{} · {}", kind_told(&file.media_type), size_told(i64::from(file.size_bytes)));
            let remove = removing.map(|name| {
                let label = say_with("file-remove", facts([("name", file.name.clone().into())]));
                view! {
                    <label class="choice">
                        <input type="checkbox" name=name value=file.id.inner().to_owned()/>
                        <span class="choice-words">{label}</span>
                    </label>
                }
            });
            view! {
                <li>
                    <p><a href=file.address>{file.name}</a> " " <span class="quiet">{facts_told}</span></p>
                    <p class="quiet file-hash"><abbr title=say("file-hash-why")>"SHA-256"</abbr> " " <code>{file.sha256}</code></p>
                    {remove}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="files">{entries}</ul> }
}

/// Pictures side by side; each opens in its full size.
#[component]
pub fn Pictures(
    /// The pictures in order.
    files: Vec<StoredFile>,
    /// What they show, without their number.
    #[prop(into)]
    of: String,
) -> impl IntoView {
    let entries = files
        .into_iter()
        .enumerate()
        .map(|(index, file)| {
            let alt = format!("{of} {}", index + 1);
            let address = file.address.clone();
            view! { <li><a href=address><img src=file.address alt=alt loading="lazy" width="160" height="120"/></a></li> }
        })
        .collect_view();
    view! { <ul class="pictures">{entries}</ul> }
}
