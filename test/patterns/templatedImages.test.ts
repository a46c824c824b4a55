import assert from 'node:assert/strict';
import { mayRunTemplated } from '../../server/src/patterns/pipeline/templatedImages.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

/** A chart whose one container runs `image`. */
function graphOf(image: string, values: string, helpers = '') {
  return exampleSnapshot([
    { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: gateway\nversion: 1.0.0\n' },
    { name: 'chart/values.yaml', text: values },
    { name: 'chart/templates/_helpers.tpl', text: helpers },
    {
      name: 'chart/templates/deployment.yaml',
      text: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: gateway\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`,
    },
  ]).graph;
}

const VALUES = 'image:\n  repository: docker.io/library/krakend\n  tag: ""\n';
const HELPER = `{{- define "gateway.image" -}}\n{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}\n{{- end }}\n`;

describe('images that templates write', () => {
  it('are those that the values name, and no other', () => {
    for (const image of [
      '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
      '{{ include "gateway.image" . }}',
    ]) {
      const graph = graphOf(image, VALUES, HELPER);
      assert.equal(mayRunTemplated('storefront', graph), false, image);
      assert.equal(mayRunTemplated('krakend', graph), true, image);
    }
  });

  it('are made of several values, or of the name of the chart', () => {
    const values = 'images: { repository: registry.example.com/shop }\ncart: { name: cartservice }\n';
    const graph = graphOf('{{ .Values.images.repository }}/{{ .Values.cart.name }}', values);
    assert.equal(mayRunTemplated('cartservice', graph), true);
    assert.equal(mayRunTemplated('orders', graph), false);
    assert.equal(mayRunTemplated('gateway', graphOf('{{ .Values.image.repository }}/{{ .Chart.Name }}', VALUES)), true);
  });

  it('may be any where the values do not say, or a function hides it', () => {
    for (const image of [
      '{{ .Values.image.name }}',
      '{{ include "library.image" . }}',
      '{{ tpl .Values.image.repository . }}',
      '{{ .Release.Name }}:{{ .Values.image.tag }}',
      '{{ template "loop" . }}',
    ]) {
      const graph = graphOf(image, VALUES, '{{ define "loop" }}{{ template "loop" . }}{{ end }}');
      assert.equal(mayRunTemplated('storefront', graph), true, image);
    }
  });

  it('are none where no template writes an image', () => {
    assert.equal(mayRunTemplated('storefront', graphOf('nginx:1.29', VALUES)), false);
  });
});
