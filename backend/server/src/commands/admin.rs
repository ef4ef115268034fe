//! `zhaocai admin`: what nobody can do on a page, since it comes before there is anybody, or goes past them.

use super::{Failure, Place, told};
use app::identity::enrolment::{self, Enrolled};
use app::{Context, jobs};
use clap::{Subcommand, ValueEnum};
use domain::ident::JobId;
use domain::identity::role::Role;
use domain::identity::organization::{OrganizationKind, Registration};
use domain::language::{Language, LocalText};
use secrecy::{ExposeSecret as _, SecretString};
use std::io::IsTerminal as _;

/// Enrols the platform's operator or a supervisor, gives a password anew, looks after parked jobs.
#[derive(Subcommand)]
pub enum Admin {
    /// Enrols the platform's own organization, or a supervisor, with the first person, who administers it.
    ///
    /// Buyers and suppliers sign up by themselves. Prints a password for one sign-in, unless one is given on standard input.
    Enrol(Box<Enrol>),
    /// Gives a person a new password for one sign-in, and ends all sessions.
    ///
    /// Prints the password, unless one is given on standard input.
    ResetPassword {
        #[command(flatten)]
        place: Place,
        /// The person's login.
        login: String,
        /// Takes the first line of standard input for the password.
        #[arg(long)]
        password_from_stdin: bool,
    },
    /// Gives a person who has an account a role in another organization, for which the person then acts too.
    ///
    /// An organization's administrator gives roles to its own people only.
    GiveRole {
        #[command(flatten)]
        place: Place,
        /// The person's login.
        login: String,
        /// The organization's unified social credit code.
        #[arg(long)]
        organization: String,
        /// The role: one that the organization's kind has.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Lists jobs that failed so often that they were parked.
    Jobs {
        #[command(flatten)]
        place: Place,
    },
    /// Lets a parked job run again, from its first attempt.
    RetryJob {
        #[command(flatten)]
        place: Place,
        /// The job's number, as `zhaocai admin jobs` lists it.
        id: JobId,
    },
}

/// A body that can't sign up by itself.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Body {
    /// The platform: its person is operator and administrator.
    Platform,
    /// A supervisor: its person is supervisor and administrator.
    Supervisor,
}

/// The language of mail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mail {
    Zh,
    En,
}

/// Who is enrolled.
#[derive(clap::Args)]
pub struct Enrol {
    #[command(flatten)]
    place: Place,
    /// What the organization is.
    #[arg(long)]
    kind: Body,
    /// Its name in Chinese.
    #[arg(long)]
    organization_zh: String,
    /// Its name in English.
    #[arg(long, default_value = "")]
    organization_en: String,
    /// Its unified social credit code (GB 32100).
    #[arg(long)]
    credit_code: String,
    /// Its region (GB/T 2260), six digits.
    #[arg(long)]
    region: String,
    /// Its address.
    #[arg(long)]
    address: String,
    /// The person's login.
    #[arg(long)]
    login: String,
    /// The person's name in Chinese.
    #[arg(long)]
    name_zh: String,
    /// The person's name in English.
    #[arg(long, default_value = "")]
    name_en: String,
    /// The language of the person's mail.
    #[arg(long, value_enum, default_value = "zh")]
    language: Mail,
    /// Takes the first line of standard input for the password.
    #[arg(long)]
    password_from_stdin: bool,
}

impl Admin {
    /// Does it.
    ///
    /// # Errors
    /// A coded refusal, or a marketplace that can't be opened.
    pub async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Enrol(enrol) => enrol.run().await,
            Self::ResetPassword { place, login, password_from_stdin } => {
                let app = place.open().await?;
                let ctx = app.platform_context();
                let password = password(&ctx, password_from_stdin)?;
                let user = enrolment::reset_password(&app, &ctx, &login, password.clone()).await.map_err(told)?;
                tell(&user.login, &password, password_from_stdin);
                Ok(())
            }
            Self::GiveRole { place, login, organization, role } => {
                let app = place.open().await?;
                enrolment::give_role_to(&app, &app.platform_context(), &login, &organization, role).await.map_err(told)?;
                println!("{login} may act for {organization} from the next sign-in or change of organization on");
                Ok(())
            }
            Self::Jobs { place } => {
                let app = place.open().await?;
                for job in jobs::parked(&app, &app.platform_context()).await.map_err(told)? {
                    println!("{}  {}  {}  {} attempts: {}", job.id, job.kind, job.enqueued_at.to_rfc3339(), job.attempts, job.last_error);
                }
                Ok(())
            }
            Self::RetryJob { place, id } => {
                let app = place.open().await?;
                jobs::retry(&app, &app.platform_context(), id).await.map_err(told)?;
                println!("{id} runs again as soon as a server runs");
                Ok(())
            }
        }
    }
}

/// Reads a role; what is none is answered with all there are.
fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("one of {}", names.join(", "))
    })
}

impl Enrol {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let ctx = app.platform_context();
        let password = password(&ctx, self.password_from_stdin)?;
        let input = Enrolled {
            organization: Registration {
                kind: Some(match self.kind {
                    Body::Platform => OrganizationKind::Platform,
                    Body::Supervisor => OrganizationKind::Supervisor,
                }),
                name: LocalText { zh: self.organization_zh, en: self.organization_en },
                credit_code: self.credit_code,
                enterprise_size: None,
                region_code: self.region,
                address: LocalText { zh: self.address, en: String::new() },
            },
            login: self.login,
            name: LocalText { zh: self.name_zh, en: self.name_en },
            language: match self.language {
                Mail::Zh => Language::Chinese,
                Mail::En => Language::English,
            },
            one_time_password: password.clone(),
        };
        let (user, organization) = enrolment::enrol(&app, &ctx, input).await.map_err(told)?;
        println!("enrolled: {} ({})", organization.name.zh, organization.id);
        tell(&user.login, &password, self.password_from_stdin);
        Ok(())
    }
}

/// The password as given, or a new one.
fn password(ctx: &Context, is_given: bool) -> Result<SecretString, Failure> {
    if !is_given {
        return Ok(enrolment::new_password(ctx));
    }
    if std::io::stdin().is_terminal() {
        eprintln!("Password for one sign-in (it is shown as you type):");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned().into())
}

/// Tells a password that we made, once: only its hash is kept.
fn tell(login: &str, password: &SecretString, is_given: bool) {
    println!("{login} signs in once with this password and then chooses another (account page)");
    if !is_given {
        println!("{}", password.expose_secret());
    }
}
