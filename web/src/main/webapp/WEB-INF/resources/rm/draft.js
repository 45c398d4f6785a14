/* Forms: what was typed and not saved is not lost by a link, nor by a sign-in that ended meanwhile. Secrets are not kept. */
(() => {
  'use strict';

  if (window.rmDraft) return; // the form was renewed, its page was not
  window.rmDraft = true;

  const KEY = 'restic-manager.draft';
  const REOPEN = 'restic-manager.reopen';
  const SECRET = 'input[type="password"], input[type="hidden"], .secret';
  const address = location.pathname + location.search;
  const person = (document.querySelector('.rail-name') || {}).textContent || '';
  let initial = {};
  let answered = false;
  let leaving = false;

  const mark = () => document.querySelector('[data-draft]');
  const form = () => mark() && mark().closest('form');

  const fields = () => [...form().elements].filter((field) =>
    field.name && !field.matches(SECRET) && /^(input|textarea|select)/.test(field.localName));
  const isBox = (field) => field.type === 'checkbox' || field.type === 'radio';
  const keyOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (isBox(field) ? field.checked : field.value);

  const read = () => Object.fromEntries(fields().map((field) => [keyOf(field), valueOf(field)]));

  const changed = () => {
    const now = read();
    return Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== initial[key]));
  };

  // A typed secret is not kept, but it is work that a link would lose.
  const secretTyped = () =>
    [...form().querySelectorAll('input[type="password"], .secret')].some((field) => field.value !== (field.defaultValue || ''));

  const isDirty = () => form() && (answered || Object.keys(changed()).length > 0 || secretTyped());

  const keep = () => sessionStorage.setItem(KEY, JSON.stringify({ address, person, typed: answered ? read() : changed() }));
  const forget = () => sessionStorage.removeItem(KEY);

  const kept = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch (e) {
      return null; // not ours
    }
  };

  const show = (typed) => {
    for (const field of fields()) {
      const value = typed[keyOf(field)];
      if (value === undefined || value === valueOf(field)) continue;
      if (isBox(field)) field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    mark().hidden = false;
  };

  const cameFromSignIn = () => document.referrer !== '' && new URL(document.referrer).pathname.endsWith('/sign-in.xhtml');

  const start = () => {
    const draft = kept();
    const ours = draft && draft.address === address && draft.person === person;
    if (!form()) { // the page that says that this one was open too long
      if (!ours) return;
      sessionStorage.setItem(REOPEN, 'yes');
      location.replace(location.href);
      return;
    }
    const reopened = sessionStorage.getItem(REOPEN) !== null;
    sessionStorage.removeItem(REOPEN);
    initial = read();
    answered = mark().dataset.draft === 'answered';
    if (!answered && ours && (reopened || cameFromSignIn())) show(draft.typed);
    else if (!answered) forget();
  };

  const typed = (event) => {
    if (event.isTrusted && form() && form().contains(event.target)) keep();
  };

  document.addEventListener('input', typed);
  document.addEventListener('change', typed);
  document.addEventListener('submit', (event) => { leaving = leaving || event.target === form(); });
  window.addEventListener('pageshow', () => { leaving = false; });
  window.addEventListener('beforeunload', (event) => {
    if (leaving || !isDirty()) return;
    event.preventDefault();
    event.returnValue = '';
  });
  // An answer that leads elsewhere is what was asked for, or the sign-in: nothing is lost by it.
  if (window.jQuery) window.jQuery(document).on('pfAjaxSuccess', (event, xhr) => {
    const answer = xhr.responseXML;
    if (!answer || !answer.querySelector('redirect, error')) return;
    leaving = true;
    if (answer.querySelector('error')) sessionStorage.setItem(REOPEN, 'yes');
  });
  start();
})();
