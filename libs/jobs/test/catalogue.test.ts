import { describe, expect, it } from '@jest/globals';
import { catalogue, jobNames } from '../src/index.js';

describe('the catalogue of jobs', () => {
  it('names every job', () => {
    expect([...jobNames].sort()).toEqual(Object.keys(catalogue).sort());
  });

  it('takes well-formed payloads and drops what does not belong in them', () => {
    expect(catalogue.reconcile.check({ campaignId: 'a', more: 1 })).toEqual({ campaignId: 'a' });
    expect(catalogue.posterior.check({ campaignId: 'a', resolution: 40 })).toEqual({
      campaignId: 'a',
      resolution: 40,
    });
    expect(catalogue.sweep.check(null)).toEqual({});
  });

  it.each([
    ['reconcile', null, 'campaignId'],
    ['reconcile', { campaignId: 7 }, 'campaignId'],
    ['verify', { campaignId: '' }, 'campaignId'],
    ['screen', { chunk: 1 }, 'screenId'],
    ['screen', { screenId: 'a', chunk: -1 }, 'chunk'],
    ['posterior', { campaignId: 'a' }, 'resolution'],
    ['posterior', { campaignId: 'a', resolution: '9' }, 'resolution'],
    ['posterior', { campaignId: 'a', resolution: 1e9 }, 'resolution'],
  ] as const)('refuses for %s the payload %j', (name, payload, field) => {
    expect(() => catalogue[name].check(payload)).toThrow(`The job's ${field} must be`);
  });
});
