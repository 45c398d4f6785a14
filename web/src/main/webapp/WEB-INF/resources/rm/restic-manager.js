/* What pages need beyond PrimeFaces: times in the viewer's zone, the growing log, the live state, copying, set-up links. */
(() => {
  'use strict';

  const MAX_LINES = 1000;
  const MAX_LINES_WHILE_READING = 5000;
  const language = document.documentElement.lang || 'en';
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const absolute = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const number = new Intl.NumberFormat(language);
  const byId = (id) => document.getElementById(id);

  // --- times ---

  const ago = (moment) => {
    const seconds = (moment - Date.now()) / 1000;
    const distance = Math.abs(seconds);
    if (distance < 10) return relative.format(0, 'second');
    if (distance < 60) return relative.format(Math.round(seconds), 'second');
    if (distance < 3600) return relative.format(Math.round(seconds / 60), 'minute');
    if (distance < 86400) return relative.format(Math.round(seconds / 3600), 'hour');
    if (distance < 30 * 86400) return relative.format(Math.round(seconds / 86400), 'day');
    return day.format(moment);
  };

  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const showMoment = (element) => {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) return;
    if (element.classList.contains('clock')) {
      setText(element, clock.format(moment));
    } else if (element.classList.contains('hour-of-day')) {
      setText(element, hour.format(moment));
    } else {
      setText(element, ago(moment));
    }
    if (!element.title) element.title = absolute.format(moment);
  };

  const forEach = (node, selector, action) => {
    if (node.matches(selector)) action(node);
    node.querySelectorAll(selector).forEach(action);
  };

  // A postback then goes to the page's own address, and a sign-in in between leads back to it.
  const keepAddress = (form) => {
    if (form.method === 'post') form.setAttribute('action', location.pathname + location.search);
  };

  // Runs before the browser paints, for the first page as for what polls bring.
  new MutationObserver((changes) => {
    for (const change of changes) {
      // On a slow line an element can come first and its text after it.
      if (change.target.localName === 'time') showMoment(change.target);
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        forEach(node, 'time', showMoment);
        forEach(node, 'form', keepAddress);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  setInterval(() => document.querySelectorAll('time.moment').forEach(showMoment), 5000);

  // --- log ---

  let programmatic = 0;

  const follow = () => {
    const log = byId('job-log');
    if (log && byId('follow').checked) {
      programmatic = Date.now();
      log.scrollTop = log.scrollHeight;
    }
  };

  const logLine = (line) => {
    const item = document.createElement('li');
    item.className = 'log-' + line.stream;
    item.dataset.seq = line.seq;
    item.id = 'line-' + line.seq;
    const link = document.createElement('a');
    link.className = 'log-number';
    link.href = `${byId('job-log').dataset.line}${line.seq}#line-${line.seq}`;
    link.textContent = line.seq;
    const time = document.createElement('time');
    time.className = 'clock';
    time.dateTime = line.time;
    const text = document.createElement('span');
    text.className = 'log-text';
    text.textContent = line.text;
    item.append(link, time, text);
    return item;
  };

  const appendLines = (lines, skipped) => {
    const log = byId('job-log');
    const added = document.createDocumentFragment();
    const last = Number(byId('after').value);
    if (skipped > 0) {
      const gap = document.createElement('li');
      gap.className = 'log-gap';
      gap.textContent = log.dataset.skipped.replace('{0}', number.format(skipped));
      added.append(gap);
    }
    for (const line of lines) {
      if (line.seq > last) added.append(logLine(line));
    }
    log.append(added);
    byId('after').value = lines[lines.length - 1].seq;
    const before = log.scrollHeight;
    const most = byId('follow').checked ? MAX_LINES : MAX_LINES_WHILE_READING;
    while (log.children.length > most) log.firstElementChild.remove();
    if (!byId('follow').checked) log.scrollTop -= before - log.scrollHeight;
    follow();
  };

  // --- live ---

  let over = false;

  const poll = () => window.PrimeFaces && PrimeFaces.widgets.poll;

  const showLive = (state) => {
    const element = byId('live-state');
    if (!element || !poll()) return;
    element.dataset.state = state;
    setText(element, state === 'ended' ? '' : element.dataset[state]);
  };

  const takeAnswer = (answer) => {
    if (answer.seen !== undefined) byId('seen').value = answer.seen;
    if (answer.percent !== undefined && PrimeFaces.widgets.progress) PrimeFaces.widgets.progress.setValue(answer.percent);
    if (answer.facts) {
      Object.entries(JSON.parse(answer.facts)).forEach(([name, text]) =>
        document.querySelectorAll(`[data-live="${name}"]`).forEach((element) => setText(element, text)));
    }
    if (answer.lines) appendLines(JSON.parse(answer.lines), answer.skipped);
    if (answer.ended) {
      over = true;
      showLive('ended');
    }
  };

  // The server says by a socket when something has changed. Without one, and now and then all the same, the page asks.

  const SOCKET = new URL('../live', document.currentScript.src.replace(/^http/, 'ws'));
  const SAY_EVERY = 20000;
  const SILENT_FOR = 45000; // after a sleep, or on a network that went away without a word
  const ASK_EVERY = 30000;
  const ASK_PAUSE = 1000;
  const LONGEST_PAUSE = 15000;
  const SIGN_IN_ENDED = 1008; // one of this person's, in whatever browser

  let socket = null;
  let heardAt = 0;
  let pause = 1000;
  let askedAt = 0;
  let askLater = null;

  const listening = () => socket && socket.readyState === WebSocket.OPEN;

  const connect = (refresh) => {
    if (socket || document.hidden || over) return;
    const opened = new WebSocket(SOCKET);
    socket = opened;
    heardAt = Date.now();
    opened.addEventListener('open', () => {
      pause = 1000;
      opened.send('.');
      refresh(); // what has changed before
    });
    opened.addEventListener('message', (event) => {
      heardAt = Date.now();
      if (event.data === 'changed') refresh();
    });
    opened.addEventListener('close', (event) => {
      if (socket !== opened) return;
      socket = null;
      if (event.code === SIGN_IN_ENDED) refresh(); // if it was this one, the answer leads to the next
      setTimeout(() => connect(refresh), pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    });
  };

  const disconnect = () => {
    const closed = socket;
    socket = null;
    if (closed) closed.close();
  };

  const startLive = () => {
    const widget = poll();
    if (!widget) return;
    over = !widget.isActive();
    const ask = widget.cfg.fn;
    const askNow = () => {
      // A server that hangs must not find a queue of polls when it is back.
      if (!PrimeFaces.ajax.Queue.isEmpty()) return;
      askedAt = Date.now();
      ask.call(widget);
    };
    const refresh = () => {
      if (document.hidden || over || askLater) return;
      askLater = setTimeout(() => {
        askLater = null;
        askNow();
      }, Math.max(0, askedAt + ASK_PAUSE - Date.now()));
    };
    // What moves every second, as a running job, is asked for every second.
    const told = widget.cfg.frequency >= 5;
    widget.cfg.fn = () => {
      if (!told || !listening() || Date.now() - askedAt > ASK_EVERY) askNow();
    };
    widget.stop();
    if (over) return;
    widget.start();
    showLive('live');
    askedAt = Date.now();
    if (told) {
      connect(refresh);
      setInterval(() => {
        if (!listening()) return;
        if (Date.now() - heardAt > SILENT_FOR) {
          disconnect();
          connect(refresh);
        } else {
          socket.send('.');
        }
      }, SAY_EVERY);
    }
    document.addEventListener('visibilitychange', () => {
      if (over) return;
      if (document.hidden) {
        widget.stop();
        disconnect();
      } else {
        widget.start();
        askNow();
        if (told) connect(refresh);
      }
    });
  };

  const listen = () => {
    const $ = window.jQuery;
    PrimeFaces.settings.errorPages = {}; // a poll that fails must not lead away: the next one may succeed
    let focused = null;
    $(document).on('pfAjaxError', () => showLive('reconnecting'));
    $(document).on('pfAjaxSuccess', (event, xhr) => {
      focused = document.activeElement && document.activeElement.getAttribute('href');
      const error = xhr.responseXML && xhr.responseXML.querySelector('error > error-name');
      if (!error) {
        showLive(over ? 'ended' : 'live');
      } else if (error.textContent.includes('ViewExpired')) {
        location.reload();
      } else {
        showLive('reconnecting');
      }
    });
    $(document).on('pfAjaxComplete', (event, xhr, settings, answer) => {
      if (answer) takeAnswer(answer);
      // A link in a region that was renewed: the same link, wherever it stands now, keeps the focus.
      if (focused && document.activeElement === document.body) {
        const again = document.querySelector(`a[href="${CSS.escape(focused)}"]`);
        if (again) again.focus({ preventScroll: true });
      }
      focused = null;
      showTicked();
    });
  };

  // --- buttons: pressed before their scripts are there, they wait for them ---

  let whole = false;
  let early = null;

  document.addEventListener('click', (event) => {
    const button = !whole && event.target.closest('button.ui-button');
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    early = button;
  }, true);

  const nowWhole = () => {
    whole = true;
    if (early) early.click();
    early = null;
  };

  // --- copying ---

  const copy = async (text, source) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    getSelection().selectAllChildren(source); // plain HTTP has no clipboard of its own
    document.execCommand('copy');
    return undefined;
  };

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copied]');
    if (!button) return;
    const source = button.parentElement.querySelector('code');
    await copy(source.textContent, source);
    const label = button.querySelector('span');
    const before = label.textContent;
    if (before === button.dataset.copied) return;
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  });

  // --- filter: a choice shows at once, and what is empty does not make the address longer ---

  const startFilter = () => {
    const filter = byId('filter');
    if (!filter) return;
    filter.addEventListener('change', (event) => event.target.matches('select') && filter.requestSubmit());
    filter.addEventListener('formdata', ({ formData }) =>
      [...formData.entries()].forEach(([name, value]) => value === '' && formData.delete(name)));
  };

  // --- ticked rows: what is done to them says how many they are, and a row that is renewed stays ticked ---

  const ticks = () => [...document.querySelectorAll('input[name="chosen"]')];
  let ticked = new Set();

  const showTicked = () => {
    const all = byId('choose-all');
    if (!all) return;
    ticks().forEach((tick) => { tick.checked = ticked.has(tick.value); });
    const there = ticks().filter((tick) => tick.checked).length;
    all.checked = there > 0 && there === ticks().length;
    all.indeterminate = there > 0 && !all.checked;
    document.querySelectorAll('.needs-chosen').forEach((button) => { button.disabled = there === 0; });
    document.querySelectorAll('#bulk-count, .chosen-count').forEach((count) =>
      setText(count, count.dataset.text.replace('{0}', number.format(there))));
  };

  const startTicks = () => {
    const all = byId('choose-all');
    if (!all) return;
    document.addEventListener('change', (event) => {
      if (event.target === all) ticked = new Set(all.checked ? ticks().map((tick) => tick.value) : []);
      else if (event.target.name !== 'chosen') return;
      else if (event.target.checked) ticked.add(event.target.value);
      else ticked.delete(event.target.value);
      showTicked();
    });
    ticked = new Set(ticks().filter((tick) => tick.checked).map((tick) => tick.value)); // as the browser remembers
    showTicked();
  };

  // --- set-up link: its token must not stay in the address bar or the history ---

  const takeToken = () => {
    const field = byId('token');
    if (!field) return;
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token) {
      field.value = token;
      history.replaceState(null, '', location.pathname + location.search);
    }
    byId('set-up-link-missing').hidden = field.value !== '';
  };

  document.addEventListener('DOMContentLoaded', () => {
    takeToken();
    startFilter();
    startTicks();
    if (window.jQuery) {
      window.jQuery(() => { // after PrimeFaces has made its widgets
        listen();
        startLive();
        nowWhole();
      });
    } else {
      nowWhole();
    }
    const log = byId('job-log');
    if (log) {
      follow();
      log.addEventListener('scroll', () => {
        if (Date.now() - programmatic < 150) return;
        byId('follow').checked = log.scrollHeight - log.scrollTop - log.clientHeight < 24;
      });
      byId('follow').addEventListener('change', follow);
    }
  });
  window.addEventListener('hashchange', takeToken);
})();
