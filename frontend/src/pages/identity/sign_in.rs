//! Signing in. In a demo the accounts to try are listed below.

use crate::prelude::*;

/// The form.
pub(super) fn page(visit: &Visit) -> Answered {
    let next = visit.query("next").or_else(|| visit.posted("next")).and_then(Visit::own_address).unwrap_or("/").to_owned();
    let asked = next != "/" && !visit.is_again();
    Page::titled(visit.say("sign-in")).show(move || {
        let why = asked.then(|| view! { <Notice tone=Tone::Info title=say("sign-in-needed")>""</Notice> });
        view! {
            <h1>{say("sign-in")}</h1>
            {why}
            <Form>
                <input type="hidden" name="next" value=next/>
                <Field name="login" label=say("sign-in-login") autocomplete="username" width="short"/>
                <Field name="password" label=say("sign-in-password") kind="password" autocomplete="current-password" width="short"/>
                <Button label=say("sign-in") kind=Kind::Primary/>
            </Form>
            {accounts()}
        }
    })
}

fn accounts() -> Option<impl IntoView> {
    let visit = visit();
    let accounts = visit.demo()?.accounts.clone();
    (!accounts.is_empty()).then(|| {
        let rows = accounts
            .into_iter()
            .map(|account| {
                let roles: Vec<String> = account.roles.iter().map(|role| say(&format!("role-{}", role.as_str()))).collect();
                let who = account.login.clone();
                view! {
                    <tr>
                        <th scope="row">{account.name}</th>
                        <td>{roles.join(" · ")}</td>
                        <td>{visit.local(&account.organization).to_owned()}</td>
                        <td>
                            <form method="post" action="/sign-in">
                                <input type="hidden" name="login" value=account.login/>
                                <input type="hidden" name="password" value=account.password.clone()/>
                                <button class="button small" type="submit">{say_with("demo-sign-in-as", facts([("login", who.into())]))}</button>
                            </form>
                        </td>
                        <td><code>{account.password}</code></td>
                    </tr>
                }
            })
            .collect_view();
        let columns = ["demo-account-name", "demo-account-roles", "demo-account-organization", "demo-account-use", "demo-account-password"];
        let columns = columns.map(|key| Column::new(say(key))).into();
        view! { <h2>{say("demo-accounts")}</h2> <Table caption=say("demo-accounts-caption") columns>{rows}</Table> }
    })
}
