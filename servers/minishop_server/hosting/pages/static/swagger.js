"use strict";

const FRESH_KEY = "a-new-one-for-each-click";
const SCHEME = "bearerAuth";

/** The document without examples of optional parameters, because "Try it out" fills in every example. */
function withoutOptionalExamples(spec) {
  const operations = Object.values(spec.paths || {}).flatMap((item) => [item, ...Object.values(item)]);
  const inline = operations.flatMap((operation) => operation.parameters || []);
  const shared = Object.values((spec.components || {}).parameters || {});
  for (const parameter of [...inline, ...shared].filter((each) => each.name && !each.required)) {
    const name = ((parameter.schema || {}).$ref || "").split("/").pop();
    parameter.schema = { ...(name ? spec.components.schemas[name] : parameter.schema) };
    for (const part of [parameter, parameter.schema]) {
      delete part.example;
      delete part.examples;
    }
    if (parameter.name === "Idempotency-Key") parameter.example = FRESH_KEY;
  }
  return spec;
}

/** A new key for each click. `crypto.randomUUID` is missing on pages over plain HTTP. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const ui = SwaggerUIBundle({
  url: document.getElementById("swagger-ui").dataset.document,
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: true,
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapActions: { updateJsonSpec: (update) => (spec) => update(withoutOptionalExamples(spec)) },
        },
      },
    },
  ],
  requestInterceptor: (request) => {
    if (request.headers["Idempotency-Key"] === FRESH_KEY) request.headers["Idempotency-Key"] = freshKey();
    return request;
  },
  responseInterceptor: (response) => {
    // A login on this page is valid on the pages of all services.
    if (response.ok && response.url.endsWith("/auth/login") && response.body && response.body.access_token) {
      const { authActions, specSelectors } = ui.getSystem();
      const schema = specSelectors.securityDefinitions().get(SCHEME);
      authActions.authorizeWithPersistOption({ [SCHEME]: { name: SCHEME, schema, value: response.body.access_token } });
    }
    return response;
  },
});
