import { runTogether } from '../support/together';

runTogether('engine/resources', 'engine/credential');
