import { Router, type Request, type RequestHandler, type Response } from 'express';
import { idIn } from '../../../access/request.ts';
import type { Bearer } from '../../../access/tokens.ts';
import { send } from '../answer.ts';
import { parametersOf, typeOf } from '../asked.ts';
import { bearerOf, jsonBody } from '../door.ts';
import type { Turn } from '../pages.ts';
import { outsideScope } from '../refusal.ts';
import { readInput } from './input.ts';
import type { Asked, Operation, Run, SystemRun } from './operation.ts';
import { operations, type OperationName, type SystemOperationName } from './registry.ts';

type TurnFor = (bearer: Bearer) => Turn;

/** The routes of the registry; who asks is known already. */
export function operationRoutes(
  runs: Readonly<Record<OperationName, Run>>,
  systemRuns: Readonly<Record<SystemOperationName, SystemRun>>,
  turnFor: TurnFor,
): Router {
  const router = Router();
  for (const [name, run] of Object.entries(systemRuns) as [SystemOperationName, SystemRun][]) {
    const handle: RequestHandler = async (req, res) => {
      send(res, await run(askedOf(operations[name], req, res, turnFor)));
    };
    router.get(`/$${name}`, handle);
    router.post(`/$${name}`, jsonIfAny, handle);
  }
  for (const [name, operation] of Object.entries(operations) as [OperationName, Operation][]) {
    const run = handler(operation, runs[name], turnFor);
    const paths = [
      ...(operation.type ? [`/:type/$${name}`] : []),
      ...(operation.instance ? [`/:type/:id/$${name}`] : []),
    ];
    for (const path of paths) {
      if (operation.get) router.get(path, run);
      if (operation.post) router.post(path, jsonIfAny, run);
    }
  }
  return router;
}

/** An instance may be asked about without a body. */
export const jsonIfAny: RequestHandler[] = jsonBody.map((step) => (req, res, next) => {
  if (
    req.get('content-length') === '0' ||
    (req.get('content-length') === undefined && req.get('transfer-encoding') === undefined)
  )
    next();
  else void step(req, res, next);
});

const handler =
  (operation: Operation, run: Run, turnFor: TurnFor): RequestHandler =>
  async (req: Request, res: Response, next) => {
    const type = typeOf(req);
    if (!operation.types.includes(type)) {
      next();
      return;
    }
    const asked = askedOf(operation, req, res, turnFor);
    if (!asked.bearer.may(type, operation.letter)) throw outsideScope(type, operation.letter);
    const id = req.params['id'] === undefined ? undefined : idIn(req);
    send(res, await run({ ...asked, type, id }));
  };

function askedOf(
  operation: Operation,
  req: Request,
  res: Response,
  turnFor: TurnFor,
): Omit<Asked, 'type' | 'id'> {
  const given = parametersOf(req);
  const bearer = bearerOf(res);
  return {
    bearer,
    turn: turnFor(bearer),
    given,
    input: () => readInput(operation, req.body as unknown, given),
    header: (name) => req.get(name),
    language: req.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en',
  };
}
