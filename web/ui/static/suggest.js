// Suggestions while typing, as the combobox pattern of the ARIA guide has it. The
// search works without this file; there the field has a short list of its own.
// One request at a time: a later letter calls off the one before.

const field = document.getElementById("q");
const texts = document.getElementById("suggest")?.dataset;

if (field && texts && !navigator.connection?.saveData) {
	const wait = 180; // ms without a letter before the server is asked
	const list = document.createElement("ul");
	const status = document.createElement("p");
	const known = new Map(); // answers of this page, by what was typed
	let shown = []; // suggestions in the list
	let active = -1;
	let timer = 0;
	let request = null;
	let leaving = false; // to a publication: the key that chose it sends no form

	list.id = "suggestions";
	list.className = "suggestions";
	list.hidden = true;
	list.setAttribute("role", "listbox");
	list.setAttribute("aria-label", texts.label);
	status.className = "hidden";
	status.setAttribute("role", "status");
	field.parentElement.append(list, status);
	for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-haspopup", "listbox"]]) {
		field.setAttribute(name, value);
	}
	field.removeAttribute("list");

	const close = () => {
		clearTimeout(timer);
		request?.abort();
		shown = [];
		list.hidden = true;
		list.replaceChildren();
		status.textContent = "";
		select(-1);
		field.setAttribute("aria-expanded", "false");
	};

	const select = (n) => {
		active = n;
		[...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
		if (n < 0) {
			field.removeAttribute("aria-activedescendant");
			return;
		}
		field.setAttribute("aria-activedescendant", list.children[n].id);
		list.children[n].scrollIntoView({ block: "nearest" });
	};

	// text makes an element of a text in a language of its own, or in that of the page.
	const text = (tag, className, content, language) => {
		const e = document.createElement(tag);
		e.className = className;
		e.textContent = content;
		if (language && language !== document.documentElement.lang) e.lang = language;
		e.dir = "auto";
		return e;
	};

	const show = (suggestions) => {
		if (document.activeElement !== field || suggestions.length === 0) return close();
		shown = suggestions;
		list.replaceChildren(...suggestions.map((s, i) => {
			const option = document.createElement("li");
			option.id = "suggestion-" + i;
			option.setAttribute("role", "option");
			option.append(text("bdi", "suggested", s.text, s.language));
			if (s.meaning) option.append(" ", text("bdi", "meaning", s.meaning));
			option.append(" ", text("span", "kind", texts[s.kind] ?? ""));
			option.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
			option.addEventListener("click", () => choose(i));
			return option;
		}));
		list.hidden = false;
		field.setAttribute("aria-expanded", "true");
		select(-1);
		status.textContent = texts.found.replace("%", suggestions.length);
	};

	const choose = (n) => {
		const s = shown[n];
		close();
		if (s.kind === "title") {
			leaving = true;
			location.assign(s.url);
			return;
		}
		field.value = s.text;
		field.form.requestSubmit();
	};

	const ask = async () => {
		const typed = field.value.trimStart();
		if (typed.trim().length < 2) return close();
		if (known.has(typed)) return show(known.get(typed));
		request?.abort();
		request = new AbortController();
		const params = new URLSearchParams({ q: typed, lang: document.documentElement.lang });
		try {
			const response = await fetch("/api/v1/suggest?" + params, { signal: request.signal });
			if (!response.ok) return close();
			const { suggestions } = await response.json();
			known.set(typed, suggestions);
			if (field.value.trimStart() === typed) show(suggestions);
		} catch (error) {
			if (error.name !== "AbortError") close();
		}
	};

	field.form.addEventListener("submit", (event) => {
		if (!leaving) return;
		event.preventDefault();
		event.stopImmediatePropagation();
	}, { capture: true });
	addEventListener("pageshow", () => { leaving = false; }); // come back to
	field.addEventListener("input", (event) => {
		clearTimeout(timer);
		if (!event.isComposing) timer = setTimeout(ask, wait);
	});
	field.addEventListener("compositionend", () => { timer = setTimeout(ask, wait); });
	field.addEventListener("blur", close);
	field.addEventListener("keydown", (event) => {
		if (event.isComposing) return;
		const last = shown.length - 1;
		switch (event.key) {
		case "ArrowDown":
			if (last < 0) ask();
			else select(active === last ? -1 : active + 1);
			break;
		case "ArrowUp":
			if (last < 0) return;
			select(active < 0 ? last : active - 1);
			break;
		case "Enter":
			if (active < 0) return close();
			choose(active);
			break;
		case "Escape":
			if (last < 0) return;
			close();
			break;
		default:
			return;
		}
		event.preventDefault();
	});
}
