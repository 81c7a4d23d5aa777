// Asks for the page again every five seconds and puts what has changed in its place. The page works without.

const PERIOD = 5000;
const PATIENCE = 10000;

const clock = document.getElementById("as-of");
const ago = document.getElementById("ago");
const connection = document.getElementById("connection");
const pause = document.getElementById("pause");

let tag = null;
let asOf = Date.parse(clock.dateTime);
// The clock of the service, by the clock of this machine: the two may differ.
let ahead = 0;
let paused = false;
let timer = 0;
let asking = false;

/** The same as Elapsed.java says. */
export function elapsed(millis) {
    const seconds = Math.max(0, Math.floor(millis / 1000));
    if (seconds < 60) {
        return `${seconds} s`;
    }
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) {
        return `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? two(hours, "h", minutes % 60, "min") : two(Math.floor(hours / 24), "d", hours % 24, "h");
}

function two(many, unit, few, smaller) {
    return few === 0 ? `${many} ${unit}` : `${many} ${unit} ${few} ${smaller}`;
}

function relative(at, form, now) {
    const since = now - at;
    if (form === "FOR") {
        return elapsed(since);
    }
    return since < 0 ? `in ${elapsed(-since)}` : `${elapsed(since)} ago`;
}

/** Lets time pass on what the page shows. What it shows is as old as it says, so moments are told from then. */
function tick() {
    const now = Date.now() + ahead;
    say(ago, `, ${relative(asOf, "AGO", Math.max(asOf, now))}`);
    for (const time of document.querySelectorAll("time[data-form]")) {
        say(time, relative(Date.parse(time.dateTime), time.dataset.form, Math.max(asOf, now)));
    }
}

function say(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

async function refresh() {
    if (asking) {
        return;
    }
    asking = true;
    clearTimeout(timer);
    try {
        const headers = tag === null ? {} : {"If-None-Match": tag};
        const answer = await fetch(location.href, {headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE)});
        const at = answer.headers.get("Session-Events-As-Of");
        if (at === null) {
            throw new Error(`status ${answer.status}`);
        }
        if (answer.status !== 304) {
            show(new DOMParser().parseFromString(await answer.text(), "text/html"));
            tag = answer.headers.get("ETag");
        }
        gathered(at, answer.headers.get("Date"));
        fresh(true);
    } catch (failure) {
        fresh(false);
    } finally {
        asking = false;
        again();
    }
}

/** What is shown was gathered at that time of the service, when its clock says the other one. */
function gathered(at, now) {
    asOf = Date.parse(at);
    ahead = Date.parse(now) - Date.now();
    clock.dateTime = at;
    say(clock, `${at.slice(11, 19)} UTC`);
    tick();
}

/** Says only what has changed, for it is read out. */
function fresh(yes) {
    document.documentElement.classList.toggle("stale", !yes);
    if (!paused) {
        say(connection, yes ? "live" : "no answer");
    }
}

function again() {
    clearTimeout(timer);
    if (!paused && !document.hidden) {
        timer = setTimeout(refresh, PERIOD);
    }
}

function show(fresh) {
    const focused = document.activeElement;
    document.title = fresh.title;
    children(document.getElementById("main"), fresh.getElementById("main"));
    if (focused !== document.activeElement && focused?.isConnected) {
        focused.focus({preventScroll: true});
    }
}

/** Makes one element like the other, and leaves alone whatever is like it already: selection, focus and scrolling stay. */
function patch(old, next) {
    if (old.nodeType === Node.TEXT_NODE) {
        if (old.data !== next.data) {
            old.data = next.data;
        }
    } else if (old.nodeType === Node.ELEMENT_NODE && !old.hasAttribute("data-keep")) {
        attributes(old, next);
        children(old, next);
    }
}

function attributes(old, next) {
    for (const {name} of [...old.attributes]) {
        if (!next.hasAttribute(name)) {
            old.removeAttribute(name);
        }
    }
    for (const {name, value} of next.attributes) {
        if (old.getAttribute(name) !== value) {
            old.setAttribute(name, value);
        }
    }
}

/** Those with an id are found again by it; the others by their place. */
function children(old, next) {
    const wanted = new Set([...next.children].map(child => child.id).filter(id => id));
    for (const child of [...old.children]) {
        if (child.id && !wanted.has(child.id)) {
            child.remove();
        }
    }
    const known = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
    let place = old.firstChild;
    for (const child of [...next.childNodes]) {
        const kept = child.id ? known.get(child.id) : place && !place.id && place.nodeName === child.nodeName ? place : null;
        if (!kept) {
            old.insertBefore(child, place);
            continue;
        }
        if (kept === place) {
            place = place.nextSibling;
        } else {
            old.insertBefore(kept, place);
        }
        patch(kept, child);
    }
    while (place) {
        const rest = place.nextSibling;
        place.remove();
        place = rest;
    }
}

pause.hidden = false;
pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    document.documentElement.classList.toggle("paused", paused);
    if (paused) {
        clearTimeout(timer);
        say(connection, "paused");
    } else {
        refresh();
    }
});

document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
        clearTimeout(timer);
    } else if (!paused) {
        refresh();
    }
});

setInterval(() => {
    if (!document.hidden) {
        tick();
    }
}, 1000);

// A choice in the filter is a wish to see it: no need to press the button. Text is sent by Enter.
const filter = document.querySelector("form.filter");
filter?.addEventListener("change", event => {
    if (event.target.type !== "text") {
        filter.requestSubmit();
    }
});

// What is not chosen needs not stand in the URL.
filter?.addEventListener("formdata", event => {
    for (const [name, value] of [...event.formData]) {
        if (value === "") {
            event.formData.delete(name);
        }
    }
});

say(connection, "live");
gathered(clock.dateTime, clock.dateTime);
again();
