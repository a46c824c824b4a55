{{/* The name of every object of a release: there is one aggregator in a namespace. */}}
{{- define "aggregator.name" -}}
{{- .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What selects the pods. It never changes between versions. */}}
{{- define "aggregator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "aggregator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* What every object carries. */}}
{{- define "aggregator.labels" -}}
{{ include "aggregator.selectorLabels" . }}
app.kubernetes.io/part-of: shop
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The image with its tag. */}}
{{- define "aggregator.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* The gateway's own configuration, filled with the values. */}}
{{- define "aggregator.configuration" -}}
{{- tpl (.Files.Get "files/krakend.json") . -}}
{{- end -}}
