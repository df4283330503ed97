// Signing in again gives a new session, and with it a new token, which stands on every page. It must be the same
// person's: on a shared computer somebody else's card would be written on.

// A function that fetches the token of the new session, once however many ask: "renewed", or a kind of failure.
export function renewer(member, signInPath) {
  let renewing = null;
  return () => (renewing ??= fetchToken(member, signInPath).finally(() => (renewing = null)));
}

async function fetchToken(member, signInPath) {
  try {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (response.status >= 500) return "server";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-member]")?.dataset.member;
    if (new URL(response.url).pathname === signInPath) return "signIn";
    if (found === undefined && response.ok) return "refused";
    if (found !== member) return "somebodyElse";
    const token = page.querySelector("meta[name=csrf-token]").content;
    document.querySelector("meta[name=csrf-token]").content = token;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
    return "renewed";
  } catch {
    return "offline";
  }
}
