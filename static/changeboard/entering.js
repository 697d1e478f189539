// Enter in a field with data-enter presses the button of that id, not the first one of the form.
"use strict";

document.addEventListener("keydown", (event) => {
  const button = event.key === "Enter" && document.getElementById(event.target.dataset?.enter || "");
  if (!button) return;
  event.preventDefault();
  button.click();
});
