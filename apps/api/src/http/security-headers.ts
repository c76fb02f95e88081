import helmet from 'helmet';

const self = "'self'";

/**
 * The dashboard's files and nothing from elsewhere. Styles may be set inline because plots set them on their marks;
 * scripts may not. Transport security is the business of the proxy that ends TLS.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: [self],
      scriptSrc: [self],
      styleSrc: [self, "'unsafe-inline'"],
      imgSrc: [self, 'data:', 'blob:'],
      fontSrc: [self, 'data:'],
      // Its own sockets too: 'self' has been ws: and wss: of the same place since CSP 3.
      connectSrc: [self],
      objectSrc: ["'none'"],
      baseUri: [self],
      formAction: [self],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
});
