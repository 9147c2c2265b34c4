// Everything works without this file. With it, ticking a filter shows its
// results at once, and the pages follow the reading in of documents by
// themselves.

const form = document.getElementById("search");

// address returns the search that the form holds, without its empty fields.
function address() {
	const params = new URLSearchParams();
	for (const [name, value] of new FormData(form)) {
		if (value !== "") params.append(name, value);
	}
	const query = params.toString();
	return form.action + (query ? "?" + query : "");
}

async function load(url) {
	const response = await fetch(url, { headers: { Accept: "text/html" } });
	if (!response.ok && response.status !== 404) throw new Error(response.statusText);
	return new DOMParser().parseFromString(await response.text(), "text/html");
}

function swap(selector, page) {
	const old = document.querySelector(selector);
	const fresh = page.querySelector(selector);
	if (old && fresh) old.replaceWith(document.importNode(fresh, true));
}

let latest = 0;
let shown = location.pathname + location.search;

// refine shows the results of the form in place: the focus stays on the filter
// that was ticked, and the new total is announced.
async function refine(control) {
	const turn = ++latest;
	const url = address();
	const open = document.querySelector(".filters").open;
	const unfolded = [...document.querySelectorAll(".facet")].filter((f) => f.querySelector(".more[open]")).map((f) => f.className);
	try {
		const page = await load(url);
		if (turn !== latest) return; // another filter was ticked meanwhile
		history.pushState(null, "", url);
		shown = location.pathname + location.search;
		document.title = page.title;
		swap(".column-main", page);
		swap(".filters", page);
		swap(".languages", page);
		document.querySelector(".filters").open = open;
		for (const f of document.querySelectorAll(".facet")) {
			const more = f.querySelector(".more");
			if (more && unfolded.includes(f.className)) more.open = true;
		}
		const again = [...document.querySelectorAll(".filters input")].find((i) => i.name === control.name && (i.type !== "checkbox" || i.value === control.value));
		again?.focus({ preventScroll: true });
		const total = document.querySelector(".range, .empty h2");
		document.getElementById("status").textContent = total ? total.textContent : "";
	} catch {
		location.assign(url);
	}
}

if (form && document.querySelector(".filters")) {
	addEventListener("change", (event) => {
		if (event.target.matches(".filters input")) refine(event.target);
	});
	addEventListener("popstate", () => {
		if (shown !== location.pathname + location.search) location.reload();
	});
}
form?.addEventListener("submit", (event) => {
	event.preventDefault();
	location.assign(address());
});

// While documents are being read in, the figures of the page follow.
async function follow() {
	if (!document.querySelector("[data-live=progress] > *")) return;
	try {
		const page = await load(location.href);
		for (const part of ["progress", "home"]) {
			const selector = `[data-live=${part}]`;
			if (!document.querySelector(selector)?.contains(document.activeElement)) swap(selector, page);
		}
	} catch {
		// the server may be starting again; the next turn will tell
	}
	setTimeout(follow, 2000);
}
setTimeout(follow, 2000);
