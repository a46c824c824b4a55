import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/text/sourceText.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';
import { saidByRule } from './saidByRule.ts';

/** The text after every fix of the rule. */
function fixed(rule: string, text: string): string {
  const edits = findingsOf(exampleSnapshot([{ name: 'Dockerfile', text }]), 'strict').flatMap((one) =>
    one.rule.id === `dockerfile/${rule}`
      ? (one.finding.fixes ?? []).slice(0, 1).flatMap((fix) => [...fix.edits()])
      : [],
  );
  return applyEdits(text, edits);
}

describe('Dockerfile rules beside their pages', () => {
  const silent: readonly [string, string][] = [
    ['dependencies-after-sources', 'WORKDIR /a\nCOPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci'],
    ['apt-without-yes', 'RUN apt-get -qq -o Dpkg::Use-Pty=0 install curl'],
    ['apt-without-yes', 'RUN apt-get -o APT::Get::Assume-Yes=true install curl'],
    ['apt-without-yes', 'RUN apt-get $APT_OPTIONS install curl'],
    ['apt-without-yes', 'COPY 90yes /etc/apt/apt.conf.d/\nRUN apt-get install curl'],
    ['apt-without-yes', 'RUN echo "apt-get install curl"'],
    ['apt-without-yes', 'RUN ["apt-get", "install", "-y", "curl"]'],
    ['apt-without-yes', 'RUN apt-get update; apt-get clean'],
    ['apt-lists-kept', 'RUN apt-get update && apt-get install -y a && find /var/lib/apt/lists -mindepth 1 -delete'],
    ['apt-lists-kept', 'RUN apt-get update && rm -rf /var/lib/{apt,dpkg,cache,log}/'],
    ['apt-lists-kept', 'RUN apt-get update && apt-get dist-clean'],
    ['apt-lists-kept', 'RUN apt-get update && /scripts/cleanup.sh'],
    ['apt-lists-kept', "RUN bash -c 'apt-get update && rm -rf /var/lib/apt/lists/*'"],
    ['apt-lists-kept', 'RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update'],
    ['apt-lists-kept', 'RUN grep "apt-get update" /usr/share/doc/a'],
    ['apt-recommends', 'RUN apt-get -o APT::Install-Recommends=false install -y a'],
    ['apt-recommends', 'RUN apt-get install -y'],
    ['apt-version-unpinned', 'RUN apt-get install -y $PACKAGES "linux-headers-$(uname -r)" ./a.deb /tmp/b.deb c=1 d-'],
    ['apt-version-unpinned', 'RUN apt-get remove curl'],
    ['apk-version-unpinned', 'FROM alpine:3.20\nRUN apk add --no-cache --repository https://x/edge a=1 b~=2 ./c.apk'],
    ['apk-cache-kept', 'FROM alpine:3.20\nRUN apk --no-cache add a'],
    ['apk-cache-kept', 'FROM alpine:3.20\nRUN apk update && apk add a && rm -rf /var/cache/apk/*'],
    ['pip-cache-kept', 'RUN PIP_NO_CACHE_DIR=1 pip install a'],
    ['pip-cache-kept', 'ARG PIP_NO_CACHE_DIR=1\nRUN pip install a'],
    ['pip-cache-kept', 'RUN pip install a && rm -rf ~/.cache'],
    ['pip-cache-kept', 'RUN pip download a'],
    ['pip-version-unpinned', 'RUN pip install -r requirements.txt -e . ./pkg "a>=1" b[x]==2 git+https://x/y.git@v1 $Z'],
    ['npm-version-unpinned', 'RUN npm ci && npm install && npm run build && npm i -g @a/b@1 c@^2 ./d https://x/e.tgz'],
    ['gem-version-unpinned', 'RUN gem install a -v 1 && gem install b:2 c.gem && gem update'],
    ['go-install-unpinned', 'RUN go install ./... && go run main.go && go install example.com/x@v1.2.3 && go build'],
    ['yum-version-unpinned', 'FROM fedora:41\nRUN dnf install -y a-1.2 @group ./b.rpm https://x/c.rpm'],
    [
      'install-without-yes',
      'FROM fedora:41\nRUN yum -y install a && dnf install -qy b && microdnf install --assumeyes c && zypper -n in d && zypper in -y e',
    ],
    ['package-cache-kept', 'FROM fedora:41\nRUN dnf -y install a && rm -rf /var/cache/dnf'],
    ['pipe-without-pipefail', 'RUN set -o pipefail && curl a | sh'],
    ['pipe-without-pipefail', 'RUN <<E\nset -eo pipefail\ncurl a | sh\nE'],
    ['pipe-without-pipefail', 'RUN if curl a | grep -q b; then c; fi'],
    ['pipe-without-pipefail', 'RUN echo a || true'],
    ['pipe-without-pipefail', 'RUN echo "a | b"'],
    ['pipe-without-pipefail', 'SHELL ["powershell", "-Command"]\nRUN a | b'],
    ['shell-form-command', 'CMD ["sh", "-c", "a $B"]'],
    ['shell-form-command', 'HEALTHCHECK CMD curl a || exit 1'],
    ['shell-form-command', 'FROM mcr.microsoft.com/windows/nanoserver:1809\nCMD a.exe'],
    [
      'add-instead-of-copy',
      'ARG A\nADD $A /x\nADD a.tgz b.tar.xz /y/\nADD --checksum=sha256:0 https://a /z\nADD *.tar.gz /w/',
    ],
    ['copy-many-without-slash', 'COPY a b ./\nCOPY a b .\nCOPY a b $DIR\nCOPY a /b\nCOPY ["a", "b", "/c/"]'],
    [
      'copy-from-unknown',
      'FROM a:1 AS b\nFROM c:1\nCOPY --from=B x y\nCOPY --from=0 x y\nCOPY --from=docker.io/d x y\nCOPY --from=$E x y',
    ],
    ['copy-from-unknown', 'FROM a:1\nONBUILD COPY --from=later x y'],
    [
      'base-image-untagged',
      'FROM --platform=linux/amd64 a:1 AS b\nFROM b\nFROM $C\nFROM scratch\nFROM localhost:5000/d:1',
    ],
    ['user-root', 'USER root\nRUN a\nUSER 1000'],
    ['user-root', 'RUN apt-get install -y gosu\nUSER root\nCMD ["a"]'],
    ['user-missing', 'FROM gcr.io/distroless/static:nonroot\nCMD ["a"]'],
    ['user-missing', 'ARG BASE\nFROM $BASE\nCMD ["a"]'],
    ['user-missing', 'ENTRYPOINT ["tini", "--", "gosu", "app", "server"]'],
    [
      'secret-in-variable',
      'ENV TOKEN_FILE=/run/a PASSWORD_MIN_LENGTH=8 AUTH_ENABLED=true KEY_DIR=/etc/keys PUBLIC_KEY=abcdef MONKEY=banana',
    ],
    ['secret-in-variable', 'ENV ACCESS_KEY_ID=AKIDEXAMPLE SECRET_NAME=db'],
    [
      'tls-verification-off',
      'RUN curl -fsSL -o k https://a && wget -q https://b && git config --global http.sslVerify true && apt-get -k x',
    ],
    ['variable-undefined', 'RUN echo $HOME $1 $? ${A:-b} && . ./env && echo $C'],
    ['variable-undefined', 'ENV PATH=$PATH:/x LD_LIBRARY_PATH=/y:$LD_LIBRARY_PATH'],
    ['variable-undefined', 'RUN --mount=type=secret,id=a,env=TOKEN echo $TOKEN'],
    ['environment-self-reference', 'ENV A=1\nENV B=$A PATH=$PATH:/x'],
    ['comment-hides-rest', 'RUN a \\\n # why\n && b # end'],
    ['comment-hides-rest', 'RUN <<E\na # why\nb\nE'],
    ['test-brackets', 'RUN [ -f a ] && [[ -f b ]] ; [ "$x" = "]" ]'],
    ['bash-feature-in-sh', 'RUN echo "{a,b}" \'[[\' ${A} && find . -name x -exec rm {} +'],
    ['bash-feature-in-sh', 'FROM alpine:3.20\nRUN [[ -f a ]] && source b'],
    ['bash-feature-in-sh', 'RUN bash -c "[[ -f a ]]"'],
    ['bash-feature-in-sh', 'FROM debian:13\nRUN set -o pipefail; a | b'],
    ['environment-lost', 'RUN export A=1 && make\nRUN . /venv/bin/activate && pip list'],
    ['cd-instead-of-workdir', 'RUN (cd /x && make)\nRUN a=$(cd /y && pwd)'],
    ['useless-command', 'RUN echo kill && apt-get install -y vim'],
    ['sudo', 'RUN apt-get install -y sudo && echo "app ALL" > /etc/sudoers.d/app'],
    ['update-alone', 'RUN apt-get update && apt-get install -y a\nRUN apt-get install -y b'],
    ['update-alone', 'RUN apt-get update && ./install.sh'],
    ['dist-upgrade', 'FROM alpine:3.20\nRUN apk upgrade'],
    ['port-ssh', 'EXPOSE 2222 22/udp 8022'],
    ['expose-format', 'ARG P\nEXPOSE 80 8000-8010/tcp $P 53/UDP'],
    ['onbuild-forbidden', 'ONBUILD RUN a'],
    ['dependencies-after-sources', 'COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .'],
    ['dependencies-after-sources', 'COPY . .\nRUN npm install -g a@1'],
    ['build-tools-shipped', 'RUN apt-get install -y gcc && make && apt-get purge -y gcc\nCMD ["a"]'],
    ['useradd-large-uid', 'RUN useradd -u 1000 a && useradd -l -u 1000650000 b && useradd -u $U c'],
    ['wget-progress', 'RUN wget -q a; wget -nv b; wget --progress=dot c; wget -qO- d; wget --version'],
    ['shell-syntax', 'RUN ["echo", "it\'s"]\nRUN echo "it\'s" $(a) `b`\nRUN python3 <<E\nprint("\nE'],
    ['shell-syntax', 'RUN <<E\n#!/usr/bin/env python3\nif True: print("x\nE'],
  ];
  for (const [rule, text] of silent) {
    it(`${rule} says nothing of ${JSON.stringify(text)}`, () => assert.deepEqual(saidByRule(rule, text), []));
  }

  const loud: readonly [string, string][] = [
    ['apt-without-yes', 'RUN sudo DEBIAN_FRONTEND=noninteractive apt-get install curl'],
    ['apt-without-yes', "RUN bash -ec 'apt-get update; apt-get install curl'"],
    ['apt-without-yes', 'RUN ["apt-get", "install", "curl"]'],
    ['apt-without-yes', 'RUN <<EOF\napt-get install curl\nEOF'],
    ['apt-without-yes', 'RUN bash -e <<EOF\napt-get install curl\nEOF'],
    ['apt-without-yes', 'ONBUILD RUN apt-get install curl'],
    ['apt-without-yes', 'RUN if true; then for a in b; do apt-get install "$a"; done; fi'],
    ['pip-cache-kept', 'RUN /venv/bin/python3 -m pip install a'],
    ['apt-version-unpinned', 'RUN apt-get install -y "curl" \'git\''],
    ['pipe-without-pipefail', 'RUN curl a | tee b | bash'],
    ['secret-in-variable', 'ENV dbPassword=c0rrect-horse'],
    ['secret-in-variable', 'ENV NOTHING=ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['secret-in-variable', 'ARG AWS_SECRET_ACCESS_KEY'],
    [
      'tls-verification-off',
      'RUN npm config set strict-ssl false && GIT_SSL_NO_VERIFY=1 git clone x && dnf install -y --setopt=sslverify=false a',
    ],
    ['user-root', 'FROM a:1 AS base\nUSER 0:0\nFROM base\nCMD ["b"]'],
    ['copy-from-self', 'FROM a:1 AS b\nRUN --mount=from=b,target=/x c'],
    ['shell-syntax', 'RUN echo "a'],
    ['shell-syntax', 'CMD ["sh", "-c", "if a; then b"]'],
    ['comment-hides-rest', 'CMD a # b \\\n  c'],
    ['variable-undefined', 'ARG TAG=1\nFROM scratch\nRUN ["/a", "x"]\nLABEL a=$TAG b=$NONE'],
    ['useless-command', 'RUN systemctl restart nginx'],
    ['bash-feature-in-sh', 'FROM python:3.13-slim-bookworm\nRUN set -eo pipefail; a | b'],
    ['environment-lost', 'RUN make && export A=1'],
  ];
  for (const [rule, text] of loud) {
    it(`${rule} speaks of ${JSON.stringify(text)}`, () => assert.ok(saidByRule(rule, text).length > 0));
  }

  it('takes a name that a stage of another Dockerfile has for what is built from it', () => {
    const untagged = (other: string) =>
      findingsOf(
        exampleSnapshot([
          { name: 'Dockerfile', text: `FROM debian:12.8-slim AS ${other}\nUSER 1\n` },
          { name: 'Dockerfile.dev', text: 'FROM shop-base\nUSER 1\n' },
        ]),
        'recommended',
      ).filter(({ rule }) => rule.id === 'dockerfile/base-image-untagged');
    assert.deepEqual(untagged('shop-base'), []);
    assert.equal(untagged('other').length, 1);
  });

  it('keeps what is a matter of taste to the strict profile', () => {
    const text =
      'FROM debian:12.8-slim AS build\nRUN cd /x && apt-get update && apt-get install -y a | b\nFROM debian:12.8-slim\nCOPY --from=build /a /a\nUSER app\nCMD ["a"]\n';
    assert.deepEqual(
      findingsOf(exampleSnapshot([{ name: 'Dockerfile', text }]), 'recommended').map(({ rule }) => rule.id),
      [],
    );
    assert.ok(findingsOf(exampleSnapshot([{ name: 'Dockerfile', text }]), 'strict').length > 5);
  });

  it('never shows a secret', () => {
    const messages = findingsOf(
      exampleSnapshot([
        {
          name: 'Dockerfile',
          text: 'FROM a:1\nENV API_TOKEN=c0rrect-horse NOTHING=ghp_0123456789abcdefghijABCDEFGHIJ012345\n',
        },
      ]),
      'strict',
    ).map(({ finding }) => JSON.stringify([finding.message, finding.fixes?.map(({ title }) => title)]));
    assert.ok(messages.length > 0);
    assert.ok(messages.every((message) => !/horse|ghp_/.test(message)));
  });

  it('appends commands in the way that the lines are written', () => {
    const cases: readonly [string, string][] = [
      ['RUN apt-get update', 'RUN apt-get update && rm -rf /var/lib/apt/lists/*'],
      ['RUN apt-get update; true', 'RUN apt-get update; true; rm -rf /var/lib/apt/lists/*'],
      ['RUN apt-get update && \\\n    a', 'RUN apt-get update && \\\n    a && \\\n    rm -rf /var/lib/apt/lists/*'],
      [
        'RUN set -eux; \\\n\tapt-get update; \\\n\ta',
        'RUN set -eux; \\\n\tapt-get update; \\\n\ta; \\\n\trm -rf /var/lib/apt/lists/*',
      ],
      ['RUN apt-get update \\\r\n && a', 'RUN apt-get update \\\r\n && a \\\r\n && rm -rf /var/lib/apt/lists/*'],
      ['RUN <<-EOF\n\tapt-get update\n\tEOF', 'RUN <<-EOF\n\tapt-get update\n\trm -rf /var/lib/apt/lists/*\n\tEOF'],
    ];
    for (const [before, after] of cases) {
      assert.equal(
        fixed('apt-lists-kept', `FROM debian:12.8-slim\n${before}\nUSER a\n`),
        `FROM debian:12.8-slim\n${after}\nUSER a\n`,
      );
    }
  });

  it('offers no such fix where the end is not certain', () => {
    for (const line of [
      'RUN apt-get update # lists',
      'RUN apt-get update &',
      'RUN apt-get update && cat <<A\nx\nA',
      'RUN ["apt-get", "update"]',
    ]) {
      const text = `FROM debian:12.8-slim\n${line}\n`;
      assert.equal(fixed('apt-lists-kept', text), text);
    }
  });

  it('writes fixes in lower case and in the exec form where the file does', () => {
    assert.equal(fixed('add-instead-of-copy', 'from a:1\nadd b /c\n'), 'from a:1\ncopy b /c\n');
    assert.equal(
      fixed('apt-without-yes', 'FROM a:1\nRUN ["apt-get", "install", "b"]\n'),
      'FROM a:1\nRUN ["apt-get", "install", "-y", "b"]\n',
    );
  });
});
