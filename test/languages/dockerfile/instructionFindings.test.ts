import { type Judged, testJudged } from './testJudged.ts';

const JUDGED: Readonly<Record<string, Judged>> = {
  'base-image-latest': {
    strict: ['ARG TAG=latest\nFROM debian:$TAG', 'ARG REG=docker.io\nARG TAG=latest\nFROM ${REG}/debian:${TAG}'],
    recommended: ['ARG V\nFROM ${V:-debian}:latest'],
    silent: ['ARG TAG\nFROM debian:$TAG', 'ARG TAG=12\nFROM debian:$TAG'],
  },
  'base-image-untagged': {
    strict: ['ARG REG=docker.io\nFROM ${REG}/debian', 'ARG IMG=debian\nFROM $IMG'],
    silent: ['FROM debian:12 AS base\nFROM ${STAGE:-base}', 'ARG IMG=scratch\nFROM $IMG', 'ARG IMG\nFROM $IMG'],
  },
  'argument-default-invalid': {
    strict: ['ARG V\nARG IMAGE=golang:${V}\nFROM $IMAGE'],
    recommended: ['ARG V=\nARG IMAGE=golang:${V}\nFROM $IMAGE'],
  },
  'user-root': {
    strict: ['ARG WHO=root\nUSER $WHO'],
    silent: ['ARG WHO\nUSER $WHO', 'ARG WHO=app\nUSER $WHO'],
  },
  'add-instead-of-copy': {
    recommended: ['ADD src/*.py /app/'],
    silent: ['ADD a.tzst /x', 'ADD a.gz /x', 'ADD dist/* /x/', 'ADD dist/*.gz /x/', 'ADD ${FROM_WHERE}/a.conf /x/'],
  },
  'archive-extracted-by-run': {
    recommended: ['COPY a.tar.gz /\nRUN gunzip /a.tar.gz && tar xf /a.tar'],
    silent: ['COPY a.zip /\nRUN unzip /a.zip', 'COPY a.tar.gz .\nRUN tar czf b.tar.gz a.tar.gz'],
  },
  'workdir-relative': {
    strict: ['ONBUILD WORKDIR app', 'ARG D=rel\nWORKDIR $D/x', 'WORKDIR /a\nWORKDIR b'],
    recommended: ['ENV D=rel\nWORKDIR ${D}'],
    silent: ['ARG D=/abs\nWORKDIR $D/x', 'ONBUILD WORKDIR /app'],
  },
  'workdir-system': {
    strict: ['WORKDIR /etc/nginx', 'WORKDIR /usr/lib/a'],
    silent: ['WORKDIR /usr/src/app', 'WORKDIR /usr/share/nginx/html', 'WORKDIR /library'],
  },
  'copy-from-unknown': { strict: ['COPY --from=nginx a /b'], silent: ['COPY --from=nginx:1 a /b'] },
  'copy-entire-filesystem': {
    recommended: [
      'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a . /',
      'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a ./* /',
    ],
    silent: ['FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a ./app /'],
  },
  'variable-undefined': {
    recommended: [
      'COPY $nothing .',
      'ENV PATH=/foo:$PAHT',
      'COPY bin-$TARGETARCH /bin/a',
      'RUN curl https://example.com/$TARGETARCH',
      'FROM golang:1.24 AS build\nARG VERSION=1\nFROM alpine:3.20\nLABEL version=$VERSION',
      'FROM golang:1.24 AS build\nENV APP=/app\nFROM debian:12\nRUN ls $APP',
    ],
    strict: ['FROM golang:1.24 AS build\nARG VERSION=1\nFROM acme/base:1\nLABEL version=$VERSION'],
    silent: [
      'ARG TARGETARCH\nCOPY bin-$TARGETARCH /bin/a',
      'RUN echo ${TARGETARCH:-amd64}',
      'RUN echo $nothing',
      'FROM acme/base:1\nCOPY $nothing .',
      'COPY $HTTP_PROXY /x',
      'ENV PYTHONPATH=/a:$PYTHONPATH',
      'ONBUILD COPY $LATER /x',
      'FROM node:22 AS build\nENV NODE_ENV=x\nFROM node:22\nRUN echo $NODE_ENV',
      'FROM golang:1.24\nWORKDIR $GOPATH/src',
    ],
  },
  'secret-in-variable': {
    recommended: ['ENV DB_PASSWORD=c0rrect-horse'],
    strict: ['ENV git_key=', 'ARG auth=a', 'ENV DB_PASSWORD=$OTHER', 'ENV API_TOKEN=changeme', 'ARG DB_PASSWORD=x'],
    silent: ['ENV KEYS_DIR=/x AUTHOR=me KEY_FILE=/y PUBLIC_KEY=z AUTH_TYPE=basic'],
  },
  'label-key-format': { strict: ['LABEL com.docker.a=b', 'LABEL 9a=b'], silent: ['LABEL org.acme.version2=b'] },
  'tls-verification-off': {
    recommended: [
      'RUN env GIT_SSL_NO_VERIFY=true git clone x',
      'RUN rpm --nofiledigest -i x.rpm',
      'RUN yum-config-manager --save --setopt=sslverify=0',
      'RUN echo sslverify=false >> /etc/yum.conf',
      'RUN pip config set global.trusted-host example.com',
    ],
    silent: [
      'RUN echo sslverify=true >> /etc/yum.conf',
      'RUN env A=1 git clone x',
      'RUN pip config set global.timeout 9',
    ],
  },
  'shell-form-command': {
    recommended: ['CMD a'],
    strict: ['SHELL ["/bin/bash", "-c"]\nCMD a', 'ENTRYPOINT exec a'],
    silent: ['SHELL ["powershell", "-Command"]\nCMD a', 'CMD ["a"]', 'CMD exec a $B', 'CMD exec a > b'],
  },
  'shell-changed-by-link': {
    recommended: ['RUN ln -sf bash /bin/sh'],
    strict: ['FROM gcr.io/distroless/base:debug\nRUN ["/busybox/ln", "-s", "/busybox/sh", "/bin/sh"]'],
  },
  'pipe-without-pipefail': {
    recommended: ['RUN bash -c "curl a | sh"'],
    silent: ['RUN bash -o pipefail -c "curl a | sh"'],
  },
  'run-consecutive': {
    strict: ['COPY a /x/\nCOPY b /x/', 'ADD a .\nADD b .', 'RUN a\n# why\n\nRUN b'],
    silent: [
      'COPY a /x/\nCOPY b /y/',
      'COPY a /x\nCOPY b /x',
      'COPY --chown=1 a /x/\nCOPY b /x/',
      'COPY a /x/\nRUN a\nCOPY b /x/',
    ],
  },
  'test-brackets': {
    recommended: ["CMD ['a', 'b']", 'RUN ["a", "b"] && c', 'CMD ["a", "b"'],
    silent: ['CMD ["a", "b"]', 'RUN [ -f a ]'],
  },
  'bash-feature-in-sh': {
    recommended: [
      'RUN sh -c "source $HOME/a && b"',
      'RUN [ "$a" =~ b ]',
      'RUN [ -v a ]',
      'RUN ((a=1))',
      "RUN echo $'a\\n'",
      'RUN echo ${x:0:3}',
      'RUN echo "${x/a/b}"',
      'RUN echo "${x^^}"',
      'RUN echo ${a[0]}',
      'RUN echo $((a++))',
      'RUN a |& b',
      'RUN a >& b',
      'RUN a < /dev/tcp/b/80',
      'RUN X=1; X+=2',
      'RUN a=(b c)',
      'RUN function f { a; }; f',
      'RUN for ((i=0;i<3;i++)); do a; done',
      'RUN select a in b; do c; done',
      'RUN read -s x',
      'RUN x=$(<file)',
      'RUN declare -A x',
      'RUN export -f x',
      'RUN printf -v x y',
      "RUN trap 'a' ERR",
      'RUN let a=1',
      'RUN cat <(a)',
    ],
    strict: ['FROM acme/base:1\nRUN [[ -f a ]]', 'FROM alpine:3.20\nRUN mkdir /{a,b}'],
    silent: [
      'RUN bash -c "source $HOME/a && b"',
      'RUN echo "${#x}" "${x:-a}" "${x#a}" "${x%%a}" "${x:+b}" "${x:?}" $((1+2)) "$((x - 1))"',
      'RUN a >&2 2>&1 2>&-',
      'RUN f() { a; }; f',
      'RUN function_name() { a; }; function_name',
      'RUN read -r x; export A=1; printf "%s" a; trap "a" EXIT; echo -n x; [ a = b ]; test "$a" = "=="',
      'RUN x=$(cat <file)',
      'RUN echo "[[ a ]]" "{a,b}" && find . -exec rm {} +',
      'FROM fedora:41\nRUN [[ -f a ]]',
      'FROM alpine:3.20\nRUN [[ -f a ]] && echo -e x && source b && echo ${x:0:3}',
      'SHELL ["/bin/bash", "-c"]\nRUN [[ -f a ]] && echo -e x',
    ],
  },
};

describe('findings on Dockerfile instructions', () => {
  testJudged(JUDGED);
});
