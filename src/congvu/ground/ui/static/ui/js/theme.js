/* Desk, first visit, nothing chosen yet: follow the system's dark setting before the page is drawn. */
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";
