"use strict";

// Sends the token of a mailed link. The token is in the fragment, which a browser does not send.
const form = document.getElementById("account");
const outcome = document.getElementById("outcome");
const token = new URLSearchParams(location.hash.slice(1)).get("token");

function show(text) {
  outcome.textContent = text;
}

async function send() {
  const answer = await fetch(form.dataset.operation, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, ...Object.fromEntries(new FormData(form)) }),
  });
  if (answer.ok) {
    form.hidden = true;
    history.replaceState(null, "", location.pathname);
    return "Done. You can close this page.";
  }
  const problem = await answer.json();
  return [problem.detail, ...(problem.errors ?? []).map((error) => error.detail)].join(" ");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  show("One moment …");
  show(await send().catch(() => "The shop does not respond. Please try again."));
  button.disabled = false;
});

if (!token) {
  form.hidden = true;
  show("The link is incomplete. Please open the link in the mail again.");
}
