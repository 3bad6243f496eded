import type { INodeParameters } from 'n8n-workflow';

import type { Resource } from '../../nodes/Palomma/operations/operation';
import type * as Resources from '../../nodes/Palomma/resources';
import type { ListName } from '../../stand-ins/simulator/entries';
import { located } from './links';
import { built } from './workflow';

/** What the node works on: tests that hold for each go through them, so that a new one needs no row. */
export const { resources } = built<typeof Resources>('Palomma/resources');

/** The simulator's list of a resource. */
export const listNameOf = ({ value }: Resource) => `${value}s` as ListName;

/** Where the list of a resource is: within the default merchant account, if it is within one. */
export const urlOf = ({ path }: Resource): string =>
	`/v0${path.replace('{merchantAccountId}', 'default')}`;

/** The parameters that choose a resource, and what its list is within. */
export const parametersOf = ({ value, parent }: Resource): INodeParameters => ({
	resource: value,
	...(parent && { [`${parent.value}Id`]: located('id', 'default') }),
});
