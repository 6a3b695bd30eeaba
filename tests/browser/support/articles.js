// Made-up articles, the same on every run: happenings that several outlets tell of, with figures that differ.

const PLACES = [
  ["Aleppo", "Syria"], ["Manbij", "Syria"], ["Kobani", "Syria"], ["Afrin", "Syria"], ["Baku", "Azerbaijan"], ["Yerevan", "Armenia"],
  ["Kabul", "Afghanistan"], ["Algiers", "Algeria"], ["Luanda", "Angola"], ["Dhaka", "Bangladesh"], ["Minsk", "Belarus"], ["La Paz", "Bolivia"],
  ["Gaborone", "Botswana"], ["Sofia", "Bulgaria"], ["Ouagadougou", "Burkina Faso"], ["Phnom Penh", "Cambodia"], ["Bogota", "Colombia"],
  ["Zagreb", "Croatia"], ["Vienna", "Austria"], ["Sarajevo", "Bosnia and Herzegovina"],
];
const PAPERS = ["Courier", "Herald", "Observer", "Gazette", "Ledger", "Lantern", "Review", "Tribune"];
const TOWNS = ["Harbour", "Riverside", "Hillside", "Northgate", "Saltmarsh"];
const INCIDENTS = ["shelling", "bombing", "shooting", "air strike", "attack"];
const PEOPLE = ["civilians", "soldiers", "people", "police officers"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** Numbers that look random and are the same on every run. */
export function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const iso = (date) => date.toISOString().slice(0, 10);
const words = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

/** `count` articles as JSON Lines, about six to a happening. */
export function articles(count) {
  const next = numbers(7);
  const lines = [];
  for (let n = 0; n < count; n += 1) {
    const happening = Math.floor(n / 6);
    const about = numbers(happening + 100);
    const [place, country] = PLACES[about(PLACES.length)];
    const incident = INCIDENTS[about(INCIDENTS.length)];
    const people = PEOPLE[about(PEOPLE.length)];
    const day = new Date(Date.UTC(2015, 0, 1 + happening * 17 + about(5)));
    const published = new Date(+day + (1 + next(4)) * 864e5);
    // Most outlets carry the agency's figures; some have their own.
    const own = next(5) < 2;
    const dead = 5 + about(60) + (own ? next(14) : 0);
    const hurt = dead + 10 + about(30) + (own ? next(20) : 0);
    const outlet = `${TOWNS[next(TOWNS.length)]} ${PAPERS[next(PAPERS.length)]}`;
    const qualifier = ["", "at least ", "about ", "more than "][next(4)];
    const text = [
      `${qualifier ? qualifier[0].toUpperCase() + qualifier.slice(1) : ""}${dead} ${people} were killed and ${hurt} injured in the ${incident} in ${place} on ${words(day)}, the defence ministry of ${country} said.`,
      `Residents of ${place} told reporters that ${dead + (next(3) ? 0 : next(9))} ${people} had died. The ${incident} began on ${words(day)}, shortly before noon.`,
      `${country} accused the rebels of the ${incident}. The rebels denied the accusation and blamed ${country} for the deaths.`,
      "Roads into the town stayed closed in the evening, and hospitals asked for blood. Neighbours carried furniture out of damaged houses while workers cleared the rubble from the main street.",
      `About ${1000 + 100 * about(20)} people were displaced, aid workers said, and ${1 + about(8)} were missing. Schools will stay closed until the end of the week.`,
      "The council will meet again tomorrow to speak about shelter, water and the repair of the bridge. Nobody could say when the market would open again.",
    ].join("\n\n");
    lines.push(JSON.stringify({
      id: `made-up-${String(n).padStart(4, "0")}`, outlet, published: iso(published),
      title: `${dead} dead after ${incident} in ${place}`, url: `https://example.org/${n}`, text,
    }));
  }
  return `${lines.join("\n")}\n`;
}

/** Articles whose every field tries to become markup. */
export function hostile() {
  const script = "<script>document.title='broken'</script>";
  const image = "\"><img src=x onerror=\"document.title='broken'\">";
  const one = (id, dead, day) => JSON.stringify({
    id: `${id} ${image}`, outlet: `Herald ${id} ${script}`, published: day, title: `${image} ${script}`,
    url: `https://example.org/?q=${image}`,
    text: `At least ${dead} soldiers ${script} were killed in the shelling in Aleppo on 3 March 2015, the “${image}” ministry of Syria said. `
      + `Syria accused the rebels ${image} of the shelling.\n\n</script></mark></p><!-- ${script}`,
  });
  return `${[one("a", 12, "2015-03-04"), one("b", 47, "2015-03-04"), one("c", 31, "2015-03-05")].join("\n")}\n`;
}
