# The whole of wikibot in one image: web process by default, `worker.js` for job processes.
FROM node:24-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends git python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/link-node.mjs tools/link-node.mjs
RUN npm ci --include=dev --include=optional --loglevel=error
COPY . .
RUN npm run build && npm prune --omit=dev --loglevel=error

FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends git tini && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin wikibot \
  && mkdir -p /data && chown wikibot /data
WORKDIR /app
COPY --from=build --chown=root:root /app /app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
USER wikibot
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/api/apps/api/src/main.js"]
