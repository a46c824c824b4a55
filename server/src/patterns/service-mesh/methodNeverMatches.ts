import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE']);

const OF_WEBDAV = /^(?:PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH|PURGE|LINK|UNLINK)$/;

/** Methods are compared as written, and HTTP writes them in capitals. */
export const rule = defineRule({
  id: 'service-mesh/method-never-matches',
  severity: 'error',
  profile: 'recommended',
  types: ['security.istio.io/AuthorizationPolicy'],
  equivalents: ['kiali:KIA0102'],
  *check(resource) {
    const { root } = resource;
    for (const rule of root.find('spec', 'rules')?.items ?? []) {
      for (const to of rule.find('to')?.items ?? []) {
        for (const field of ['methods', 'notMethods']) {
          for (const method of to.find('operation', field)?.items ?? []) {
            const written = method.text();
            const right = written?.toUpperCase();
            if (written === undefined || !right || METHODS.has(written)) continue;
            if (!METHODS.has(right)) {
              // Patterns, the full names of gRPC methods, and the further methods of WebDAV.
              if (/[*/]/.test(written) || OF_WEBDAV.test(written)) continue;
              yield {
                at: method,
                severity: 'warning',
                strict: true,
                message: `${describe(resource)} never matches ${written}, which is neither a method of HTTP nor the full name of one of gRPC, as /package.Service/Method.`,
              };
              continue;
            }
            yield {
              at: method,
              message: `${describe(resource)} never matches the method ${written}: requests say ${right}.`,
              fixes: [{ title: `Use ${right}`, safe: true, edits: () => [replaceValue(method, right)] }],
            };
          }
        }
      }
    }
  },
});
