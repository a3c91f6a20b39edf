/* The square on a letter brings its code after the '#', which a browser tells to no server: it is put into
   the form, and out of the address. Without this the code is typed from the paper. */
"use strict";
(() => {
  const box = document.getElementById("code");
  const brought = () => {
    const code = location.hash.slice(1);
    if (!/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/i.test(code)) return;
    box.value = code;
    history.replaceState(null, "", location.pathname + location.search);
  };
  brought();
  addEventListener("hashchange", brought); /* another square, while the form is open */
})();
