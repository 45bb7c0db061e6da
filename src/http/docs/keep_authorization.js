// Adds the one thing that Swagger UI cannot be asked for on the page: whether a credential is kept in this browser.
//
// It is not, unless somebody ticks the box: what is kept outlives the session and is open to every script of this origin.
// Unticking it forgets what was kept. The server's configuration says `persistAuthorization: false`, and stays so.

(() => {
  "use strict";
  const CHOICE = "waybill.keepAuthorization";
  // Where Swagger UI keeps credentials.
  const CREDENTIALS = "authorized";

  function keep(wanted) {
    window.ui.getConfigs().persistAuthorization = wanted;
    if (wanted) {
      localStorage.setItem(CHOICE, "yes");
      window.ui.authActions.persistAuthorizationIfNeeded();
    } else {
      localStorage.removeItem(CHOICE);
      localStorage.removeItem(CREDENTIALS);
    }
  }

  function restore() {
    window.ui.getConfigs().persistAuthorization = true;
    const kept = localStorage.getItem(CREDENTIALS);
    if (kept) window.ui.authActions.restoreAuthorization({ authorized: JSON.parse(kept) });
  }

  function box() {
    const label = document.createElement("label");
    label.style.cssText = "display:block;padding:8px 20px;text-align:right;font:14px sans-serif;color:#3b4151;background:#fafafa";
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = "keep-authorization";
    input.checked = localStorage.getItem(CHOICE) === "yes";
    input.addEventListener("change", () => keep(input.checked));
    label.append(input, " Keep my authorization in this browser");
    return label;
  }

  // After the page's own handler, which makes `window.ui`.
  window.addEventListener("load", () => {
    if (localStorage.getItem(CHOICE) === "yes") restore();
    document.body.prepend(box());
  });
})();
