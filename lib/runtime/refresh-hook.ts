/** Hooks the page before react-dom is loaded: import this first, for its effect. */
import { injectIntoGlobalHook } from "react-refresh/runtime";

injectIntoGlobalHook(window);
