/** A chart with a subchart, a schema, a second values file and a parent's overrides, as one workspace. */
export const SHOP_CHART: Readonly<Record<string, string>> = {
  'shop/Chart.yaml': `apiVersion: v2
name: shop
version: 1.2.0
appVersion: 4.5.6
dependencies:
  - name: redis
    alias: cache
    version: 1.0.0
    repository: file://../redis
    condition: cache.enabled
`,
  'shop/values.yaml': `# -- What is deployed.
image:
  repository: shop/web
  tag: "1.0"
replicas: 2
service:
  port: 8080
  annotations: {}
env:
  - name: MODE
    value: fast
resources:
  limits:
    cpu: 500m
    memory: 256Mi
database:
  password: hunter2
unused: true
cache:
  enabled: true
  port: 6380
global:
  region: eu
`,
  'shop/values-production.yaml': `image:
  tag: "2.0"
replicas: 5
`,
  'shop/values.schema.json': `{
  "type": "object",
  "required": ["image"],
  "properties": {
    "image": {
      "type": "object",
      "required": ["repository", "tag"],
      "properties": {
        "repository": { "type": "string" },
        "tag": { "type": "string", "description": "The version of the image." },
        "pullPolicy": { "enum": ["Always", "IfNotPresent"], "description": "When the image is pulled." }
      }
    }
  }
}
`,
  'shop/templates/_names.tpl': `{{/* The labels of every object. */}}
{{- define "shop.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
{{- end }}
{{- define "shop.port" -}}
{{ .port }}/{{ .root.Values.service.port }}
{{- end }}
`,
  'shop/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          {{- with .Values.image }}
          imagePullPolicy: {{ .pullPolicy | default "Always" }}
          args: ["{{ .tag }}", {{ $.Values.replicas | quote }}]
          {{- end }}
          env:
            {{- range $index, $item := .Values.env }}
            - name: {{ $item.name }}
              value: {{ .value | quote }}
            {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          password: {{ .Values.database.password }}
          port: {{ include "shop.port" (dict "port" .Values.service.port "root" .) }}
          annotation: {{ index .Values.service "annotations" }}
          cache: {{ .Values.cache.port }}
`,
  'redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.0.0\n',
  'redis/values.yaml': '# The port of the cache.\nport: 6379\nenabled: false\nglobal:\n  region: us\n',
  'redis/templates/service.yaml':
    'kind: Service\nspec:\n  port: {{ .Values.port }}\n  region: {{ .Values.global.region }}\n',
};

/** The workspace with `text` replaced in one of its files; the new text may hold the cursor. */
export function changed(file: string, text: string, by: string): Record<string, string> {
  const before = SHOP_CHART[file] ?? '';
  if (before.split(text).length !== 2) throw new Error(`${JSON.stringify(text)} does not stand once in ${file}.`);
  return { ...SHOP_CHART, [file]: before.replace(text, () => by) };
}
