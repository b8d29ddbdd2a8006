import js from "@eslint/js";

const browser = [
  "document", "window", "matchMedia", "getComputedStyle", "URL", "Blob", "setTimeout", "setInterval", "clearInterval",
  "navigator", "location", "performance", "TextEncoder", "TextDecoder", "btoa", "atob", "CSS", "Node", "console",
];

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
    },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-control-regex": "off",
      "no-misleading-character-class": "off",
      complexity: ["error", 18],
      "max-lines": ["error", 300],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "data is put in as text only",
        })),
      ],
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "localStorage"],
    },
  },
];
