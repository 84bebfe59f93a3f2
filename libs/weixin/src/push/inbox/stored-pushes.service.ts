import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThan, type Repository } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database } from '@app/database';
import { updateInBatches } from '@app/users';
import { resealPush, unsealPush } from './stored-push.js';
import { WeixinPush } from './weixin-push.entity.js';

/** A stored push with its content: XML or JSON, as WeChat encrypted it. */
export type OpenedPush = Pick<WeixinPush, 'id' | 'appid' | 'event' | 'userId' | 'receivedAt'> & {
  readonly content: string;
};

/** Reads the inbox. */
@Injectable()
export class StoredPushesService {
  constructor(
    @InjectRepository(WeixinPush) private readonly pushes: Repository<WeixinPush>,
    private readonly database: Database,
    private readonly sealer: SealerService,
  ) {}

  /**
   * Returns a push of one of these apps; undefined if there is none with the id.
   * @throws {UnsealError}
   */
  async find(appids: readonly string[], id: string): Promise<OpenedPush | undefined> {
    const row = await this.pushes.findOneBy({ id, appid: In(appids) });
    if (!row) return undefined;
    const { appid, event, userId, receivedAt } = row;
    return { id, appid, event, userId, receivedAt, content: unsealPush(this.sealer, row).content };
  }

  /** Seals again, in batches, what a fallback of `SECRET_KEY` sealed. @returns the number of rows */
  reseal(): Promise<number> {
    return updateInBatches<WeixinPush>(this.database, {
      page: (manager, after, take) =>
        manager.find(WeixinPush, { where: { id: MoreThan(after) }, order: { id: 'ASC' }, take }),
      keyOf: ({ id }) => id,
      change: async (manager, { id, push }) => {
        if (this.sealer.isCurrent(push)) return false;
        await manager.update(WeixinPush, { id }, { push: resealPush(this.sealer, { id, push }) });
        return true;
      },
    });
  }
}
