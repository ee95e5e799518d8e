import { GrantEntity } from './grant.entity.js';
import { IdentityEntity } from './identity.entity.js';
import { NameEntity } from './name.entity.js';
import { TokenEntity } from './token.entity.js';
import { UserEntity } from './user.entity.js';
import { WikiEntity } from './wiki.entity.js';

/** The entities of this room, for the DataSource. */
export const aclEntities = [UserEntity, IdentityEntity, NameEntity, WikiEntity, GrantEntity, TokenEntity];
