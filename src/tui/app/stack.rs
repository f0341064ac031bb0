//! The stack: opening a screen, going back, going home, and putting forms aside on the way.

use crate::tui::app::slot::{Screen, Slot};
use crate::tui::app::{App, File, seen};
use crate::tui::effect::{Effect, Shop, Sorry};
use crate::tui::key::{self, Action};
use crate::tui::screen::welcome::WelcomePage;
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::widget::notice::Notice;

impl App {
    /// Lets the top screen do something with what it may see, then does what it wants.
    pub(super) fn with_page(
        &mut self,
        does: impl FnOnce(&mut dyn Page, &Seen<'_>) -> Vec<Want>,
    ) -> Vec<Effect> {
        let Some(slot) = self.stack.last_mut() else { return Vec::new() };
        let wants = does(slot.screen.page_mut(), &seen(&self.settings, (&self.shop, &self.last)));
        let mut effects = Vec::new();
        for want in wants {
            match want {
                Want::Do(effect) => effects.push(effect),
                Want::Say(notice) => self.notice = notice,
                Want::Back => effects.extend(self.back()),
                Want::Home => effects.extend(self.home()),
                Want::Open(to) => effects.extend(self.open(to)),
                Want::Remember(values) => self.last.extend(values),
            }
        }
        effects
    }

    /// Makes the top screen load what it needs.
    pub(super) fn load(&mut self) -> Vec<Effect> {
        self.requests += 1;
        let request = format!("{}-{}", self.settings.seed, self.requests);
        self.with_page(|page, seen| page.open(seen, request))
    }

    /// Puts a screen on top.
    pub(super) fn open(&mut self, to: Destination) -> Vec<Effect> {
        let parked = if let Destination::TakeUp(parked) = &to { Some(parked.id.clone()) } else { None };
        let Some(screen) = Screen::to(to, &self.settings) else {
            self.notice = Notice::refused(
                "This form cannot be taken up any more.",
                "Another version of caredesk parked it: type it again.",
            );
            return Vec::new();
        };
        let mut effects = Vec::new();
        if matches!(screen, Screen::Lookup(_)) {
            effects.extend(self.leave_all());
            self.stack.clear();
        } else if self.is_on_top(&screen) {
            // One case after another: Esc goes back to where the first came from.
            effects.extend(self.leave_top());
        }
        self.stack.push(Slot { screen, parked });
        effects.extend(self.load());
        effects
    }

    /// Tells whether a screen of this kind is on top already, above the lookup.
    fn is_on_top(&self, screen: &Screen) -> bool {
        let same = |top: &Slot| std::mem::discriminant(&top.screen) == std::mem::discriminant(screen);
        self.stack.len() > 1 && self.stack.last().is_some_and(same)
    }

    /// Leaves the top screen; the lookup at the bottom stays.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.stack.len() < 2 {
            return Vec::new();
        }
        let mut effects: Vec<Effect> = self.leave_top().into_iter().collect();
        effects.extend(self.load());
        effects
    }

    /// Goes back to an empty lookup.
    pub(super) fn home(&mut self) -> Vec<Effect> {
        let mut effects = self.leave_all();
        self.stack = vec![Slot::new(Screen::lookup())];
        effects.extend(self.load());
        effects
    }

    fn leave_all(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while self.stack.len() > 1 {
            effects.extend(self.leave_top());
        }
        effects
    }

    /// Takes the top screen away; its form is put aside first.
    fn leave_top(&mut self) -> Option<Effect> {
        let slot = self.stack.pop()?;
        let form = slot.parking()?;
        let list = key::name_of(Action::Parked);
        self.notice = Notice::info(&format!("Parked: {}. {list} lists what is parked.", form.title));
        self.left.push(slot);
        Some(Effect::Park(form))
    }

    /// Puts every edited form aside, for the end of the program.
    pub(super) fn park_all(&self) -> Vec<Effect> {
        self.stack.iter().filter_map(Slot::parking).map(Effect::Park).collect()
    }

    pub(super) fn quit(&self) -> Vec<Effect> {
        let mut effects = self.park_all();
        effects.push(Effect::Leave);
        effects
    }

    /// Puts the form on top aside; where there is none, shows those that are.
    pub(super) fn park(&mut self) -> Vec<Effect> {
        let has_form = self.stack.last().is_some_and(|slot| slot.parking().is_some());
        if has_form { self.back() } else { self.parked() }
    }

    pub(super) fn parked(&mut self) -> Vec<Effect> {
        if self.shop.parked == 0 && self.left.is_empty() {
            self.notice = Notice::refused("Nothing is parked.", "A form that is left with Esc or F7 is.");
            return Vec::new();
        }
        self.open(Destination::Parked)
    }

    /// A form could not be put aside: it comes back on top.
    pub(super) fn not_put(&mut self, sorry: &Sorry) -> Vec<Effect> {
        self.stack.append(&mut self.left);
        self.say(sorry);
        Vec::new()
    }

    /// The form on top has become a case: it is parked no more.
    pub(super) fn done_with_form(&mut self) -> Option<Effect> {
        let slot = self.stack.last_mut()?;
        if slot.screen.page().form().is_some() {
            return None;
        }
        slot.parked.take().map(Effect::Unpark)
    }

    /// The shop is open: what is missing is asked for first.
    pub(super) fn opened(&mut self, shop: Shop) -> Vec<Effect> {
        self.file = File::Open;
        let (unnamed, empty) = (shop.counter.is_none(), shop.empty);
        self.shop = shop;
        if empty {
            self.stack.push(Slot::new(Screen::Welcome(WelcomePage)));
        }
        if unnamed { self.open(Destination::Setup) } else { self.load() }
    }

    /// This counter has its name.
    pub(super) fn named(&mut self, shop: Shop) -> Vec<Effect> {
        let counter = shop.counter.clone();
        self.shop = shop;
        self.stack.retain(|slot| !matches!(slot.screen, Screen::Setup(_)));
        if let Some(counter) = counter {
            let says =
                format!("This counter is till {} of {}, {}.", counter.till, counter.site, counter.region);
            self.notice = Notice::info(&says);
        }
        self.load()
    }

    /// The counts are others; a shop that has got its devices needs no welcome.
    pub(super) fn counted(&mut self, shop: Shop) -> Vec<Effect> {
        let filled = self.shop.empty && !shop.empty;
        self.shop = shop;
        let welcome = matches!(self.stack.last(), Some(Slot { screen: Screen::Welcome(_), .. }));
        if welcome && filled {
            self.notice = Notice::info("The registry is here: scan a serial.");
            return self.back();
        }
        if welcome {
            self.notice =
                Notice::refused("There is still no device here.", "Import the maker's files first.");
        }
        Vec::new()
    }
}
