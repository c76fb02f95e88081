import { aboutNow, type Attributes, type Ids, traced } from '@ionloop/telemetry';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import { defer, firstValueFrom, type Observable } from 'rxjs';
import { Metrics } from '../health/metrics.js';
import { callerOf } from './caller.js';
import { nameOf } from './operation.guard.js';

type Fields = Readonly<Record<string, unknown>>;

/** Around every operation that the guard let in: a span by its name, ids for the lines of its log, a count of what was refused. */
@Injectable()
export class OperationInterceptor implements NestInterceptor {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = nameOf(execution);
    const ids = idsOf(operation, execution);
    aboutNow(ids);
    return defer(() =>
      traced(operation, attributesOf(ids), async () => {
        const answer: unknown = await firstValueFrom(next.handle(), { defaultValue: undefined });
        for (const code of codesIn(answer)) this.metrics.refused(code);
        return answer;
      }),
    );
  }
}

function idsOf(operation: string, execution: ExecutionContext): Ids {
  const caller = callerOf(execution);
  const given = argumentsOf(execution);
  const inner = fields(given['input']);
  const id = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => given[name] ?? inner[name]).find((value) => typeof value === 'string');
    return typeof found === 'string' && found.length <= 100 ? found : undefined;
  };
  const subject = /campaign|experiment/i.exec(operation)?.[0].toLowerCase();
  const known = {
    tokenId: caller?.id,
    stationId: caller?.station ?? undefined,
    campaignId: id('campaign', 'campaignId', ...(subject === 'campaign' ? ['id'] : [])),
    experimentId: id('experiment', 'experimentId', ...(subject === 'experiment' ? ['id'] : [])),
    attemptId: id('attempt', 'attemptId'),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

const attributesOf = (ids: Ids): Attributes =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [`ionloop.${name}`, String(id)]));

function argumentsOf(execution: ExecutionContext): Fields {
  return execution.getType<GqlContextType>() === 'graphql'
    ? GqlExecutionContext.create(execution).getArgs<Fields>()
    : fields(execution.switchToHttp().getRequest<{ readonly params?: unknown }>().params);
}

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** What the user got wrong is data beside the payload. */
function codesIn(answer: unknown): readonly string[] {
  const { userErrors } = fields(answer);
  return Array.isArray(userErrors)
    ? userErrors.flatMap((one) => {
        const { code } = fields(one);
        return typeof code === 'string' ? [code] : [];
      })
    : [];
}
