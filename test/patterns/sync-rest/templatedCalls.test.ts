import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-rest/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const CHART = { name: 'Chart.yaml', text: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' };
const service = (port: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.frontend.name }}\nspec:\n  selector: { app: frontend }\n  ports:\n    - { name: ${port}, port: 80 }\n`;
const caller = (variable: string, address: string, labels = 'app: load') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: load }\nspec:\n  template:\n    metadata: { labels: { ${labels} } }\n    spec:\n      containers:\n        - name: load\n          env:\n            - name: ${variable}\n              value: "${address}"\n`;

function uses(port: string, text: string): string[] {
  const files = [CHART, { name: 'templates/service.yaml', text: service(port) }, { name: 'templates/load.yaml', text }];
  return [...pattern.recognize(exampleSnapshot(files).graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role }) => role).join(', ')})${missing.join()}`,
  );
}

describe('a call within a chart whose host a template writes', () => {
  const expected = ['load → Service of shop (caller, address, service)'];

  it('leads to the Service whose name the same template writes', () => {
    assert.deepEqual(uses('http', caller('FRONTEND_ADDR', '{{ .Values.frontend.name }}:80')), expected);
    assert.deepEqual(uses('web', caller('FRONTEND_URL', 'http://{{.Values.frontend.name}}/cart')), expected);
  });

  const near: Readonly<Record<string, readonly [port: string, caller: string]>> = {
    'another template writes its name': ['http', caller('CART_ADDR', '{{ .Values.cart.name }}:80')],
    'its port speaks no HTTP': ['grpc', caller('FRONTEND_ADDR', '{{ .Values.frontend.name }}:80')],
    'its port is another one': ['http', caller('FRONTEND_ADDR', '{{ .Values.frontend.name }}:90')],
    'the address is for spans': ['http', caller('OTEL_COLLECTOR', 'http://{{ .Values.frontend.name }}:80')],
    'the address is its own': ['http', caller('OWN_URL', 'http://{{ .Values.frontend.name }}:80', 'app: frontend')],
  };
  for (const [what, [port, text]] of Object.entries(near)) {
    it(`is not guessed where ${what}`, () => assert.deepEqual(uses(port, text), []));
  }
});
