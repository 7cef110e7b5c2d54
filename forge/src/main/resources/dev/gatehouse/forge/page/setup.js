// Puts the code of the first administrator's link into the form, and takes it out of the address bar and the history.
'use strict';

const code = decodeURIComponent(location.hash.slice(1));
if (code !== '') {
  document.getElementById('code').value = code;
  document.getElementById('code-field').hidden = true;
  history.replaceState(null, '', location.pathname);
}
