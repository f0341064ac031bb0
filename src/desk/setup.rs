//! Set-up: this counter's name and place, once.

use crate::desk::failure::{refused, wrong};
use crate::desk::names::written;
use crate::desk::{Act, Counter, Desk, Failure, Shop, act};
use crate::domain::case::Guard;
use crate::domain::event::{Event, Setup};
use crate::domain::region::Code;
use crate::domain::writing::Writing;
use crate::repository::Tx;
use crate::repository::journal::{self, new_id};
use crate::repository::row::parsed;

impl Desk {
    /// Names this counter. The same words again change nothing; other words are refused, once and for all.
    pub fn set_up(&mut self, act: &Act, wanted: &Counter) -> Result<Counter, Failure> {
        let region: Code = wanted.region.parse().map_err(|bad| wrong("region", bad))?;
        let site = written(Writing::Centre, &wanted.site)?;
        if site.is_empty() {
            return Err(wrong("site", "the centre needs a name"));
        }
        if !(1..=9999).contains(&wanted.till) {
            return Err(wrong("till", "a till's number is from 1 to 9999"));
        }
        let wanted = Counter { site: site.into_owned(), region: region.to_string(), till: wanted.till };
        self.remember((act, "setup"), |tx, shop| name(tx, (shop, act), (wanted, region)))
    }
}

fn name(
    tx: &Tx<'_>,
    (shop, act): (&Shop, &Act),
    (wanted, region): (Counter, Code),
) -> Result<Counter, Failure> {
    if let Some(there) = act::counter(tx)? {
        let there_in: Code = parsed("site", "1", &there.region)?;
        let same = there.site == wanted.site
            && there.till == wanted.till
            && shop.editions.region(there_in).code() == shop.editions.region(region).code();
        let say = format!("this counter is {} in {}, till {}, already", there.site, there.region, there.till);
        return if same { Ok(there) } else { Err(refused(Guard::WrongState, say)) };
    }
    shop.editions.must_list(region)?;
    let event = Event::Setup(Setup {
        site: wanted.site.clone(),
        region: wanted.region.clone(),
        till: new_id(),
        number: wanted.till,
    });
    journal::append(tx, &act.stamp, &event)?;
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::import::{BadRows, Kind};
    use crate::desk::{clock, trial};
    use crate::repository::journal::Stamp;
    use rstest::rstest;

    fn desk() -> Desk {
        trial::nameless(trial::editions())
    }

    fn act(request: &str) -> Act {
        let (at, clock) = clock::now(Some("2020-03-02T10:00:00-08:00")).unwrap();
        Act { stamp: Stamp { at, actor: "Ann".to_owned(), clock }, request: request.to_owned() }
    }

    fn counter(region: &str) -> Counter {
        Counter { site: "Center".to_owned(), region: region.to_owned(), till: 1 }
    }

    #[rstest]
    #[case::listed("US", None)]
    #[case::the_eu("EU", None)]
    #[case::an_eu_member("DE", None)]
    #[case::listed_nowhere("AQ", Some("is in US, "))]
    #[case::no_code("usa", Some("not a region"))]
    fn a_counter_stands_where_an_edition_offers_the_programme(
        #[case] region: &str,
        #[case] refused: Option<&str>,
    ) {
        let mut desk = desk();
        let done = desk.set_up(&act("1"), &counter(region));
        match refused {
            None => assert_eq!(done.unwrap().region, region),
            Some(say) => {
                let failure = done.unwrap_err();
                assert!(
                    matches!(failure, Failure::Facts(_)) && failure.to_string().contains(say),
                    "{failure}"
                );
                assert_eq!(desk.counter().unwrap(), None);
            }
        }
    }

    #[rstest]
    #[case::the_same_words("DE", "DE", true)]
    #[case::a_country_and_its_region("DE", "EU", true)]
    #[case::two_countries_of_one_region("DE", "FR", true)]
    #[case::another_region("DE", "US", false)]
    #[case::the_uk_is_its_own("EU", "GB", false)]
    fn set_up_again_is_the_same_where_the_region_is(
        #[case] first: &str,
        #[case] again: &str,
        #[case] same: bool,
    ) {
        let mut desk = desk();
        desk.set_up(&act("1"), &counter(first)).unwrap();
        match desk.set_up(&act("2"), &counter(again)) {
            Ok(there) => assert!(same && there.region == first),
            Err(failure) => assert!(!same, "{failure}"),
        }
    }

    #[test]
    fn a_request_that_is_sent_again_gets_its_first_answer() {
        let mut desk = desk();
        let first = desk.set_up(&act("1"), &counter("US")).unwrap();
        assert_eq!(desk.set_up(&act("1"), &counter("CA")).unwrap(), first);
        assert!(desk.set_up(&act("2"), &counter("CA")).is_err());
    }

    #[rstest]
    #[case::the_products_region("CA", "CA")]
    #[case::nobody_knows("", "US")]
    fn a_card_without_a_counter_says_where_it_is_decided(#[case] bought: &str, #[case] region: &str) {
        const SERIAL: &str = "08QDG6C01200B3";
        let mut desk = desk();
        let file = format!("serial,model,purchase_region\n{SERIAL},mavic-pro,{bought}\n");
        trial::bring(&mut desk, act("1").stamp, (Kind::Devices, &file), BadRows::RefuseAll);
        let says = format!("this counter has no name yet: decided as if it stood in {region}");
        assert!(desk.card(&act("2"), SERIAL).unwrap().unwrap().warnings.contains(&says));
        desk.set_up(&act("3"), &counter("GB")).unwrap();
        assert!(!desk.card(&act("4"), SERIAL).unwrap().unwrap().warnings.contains(&says));
    }
}
