import assert from 'node:assert/strict';
import { maskTemplate } from '../../../server/src/languages/helm/maskTemplate.ts';

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n';
const PARTIAL =
  '{{- define "shop.probe" }}\n{{- if .grpc }}\ngrpc:\n  port: 1\n{{- end }}\ntimeoutSeconds: 3\n{{- end }}\n';

describe('a masked template', () => {
  it('keeps every offset', () => {
    for (const text of [
      OBJECT + PARTIAL,
      PARTIAL + OBJECT,
      PARTIAL,
      `a: {{ .Values.a }}\n{{ if .b }}\nb: 1\n{{ end }}\n`,
    ])
      assert.equal(maskTemplate(text).text.length, text.length);
  });

  it('leaves out the bodies of named templates beside an object', () => {
    for (const text of [OBJECT + PARTIAL, PARTIAL + OBJECT, `{{ if .a }}\n${OBJECT}{{ end }}\r\n${PARTIAL}`]) {
      const masked = maskTemplate(text).text;
      assert.match(masked, /^apiVersion: v1$/m);
      assert.doesNotMatch(masked, /grpc|timeoutSeconds/);
    }
  });

  it('keeps named templates that are objects, or have no object beside them', () => {
    assert.match(maskTemplate(PARTIAL).text, /^timeoutSeconds: 3$/m);
    const whole = `${OBJECT}---\n{{ define "shop.secret" }}\napiVersion: v1\nkind: Secret\n{{ end }}\n`;
    assert.match(maskTemplate(whole).text, /^kind: Secret$/m);
  });

  it('survives definitions that do not end', () => {
    const text = `${OBJECT}{{ define "a" }}\nb: 1\n{{ if .x }}\n`;
    assert.match(maskTemplate(text).text, /^b: 1$/m);
  });
});
