import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { PlannedFile } from '@fawkes/backstage-plugin-provisioning-common';
import { focusRing, ScrollBox, useContainerWidth } from '@fawkes/kit-ui/values';
import { useMemo, useState } from 'react';
import { provisioningTranslationRef } from '../../translation';
import { FileText } from './FileText';
import styles from './files.module.css';
import { treeOf, type Folder } from './tree';

/** Narrower than this, CSS pixels, tree and text do not fit side by side. */
const SIDE_BY_SIDE = 640;

/** What one looks at first: what it is, else whatever comes first. */
function firstOf(files: readonly PlannedFile[]): PlannedFile | undefined {
  return files.find(({ path }) => path === 'README.md') ?? files[0];
}

/** Files of a tree: choose one, read it. */
export function FileBrowser({ files }: { files: readonly PlannedFile[] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const [ref, width] = useContainerWidth();
  const [path, setPath] = useState<string>();
  const tree = useMemo(() => treeOf(files), [files]);
  const shown = files.find(each => each.path === path) ?? firstOf(files);
  const isNarrow = width !== undefined && width < SIDE_BY_SIDE;
  if (!shown) return <p>{t('files.none')}</p>;
  return (
    <div ref={ref} className={styles.browser} data-narrow={isNarrow}>
      {isNarrow ? (
        <Select
          label={t('files.choose')}
          options={files.map(each => ({ id: each.path, label: each.path }))}
          value={shown.path}
          onChange={key => setPath(String(key))}
        />
      ) : (
        <ScrollBox label={t('files.tree')} maxHeight="32rem">
          <Branch folder={tree} shown={shown.path} onChoose={setPath} top />
        </ScrollBox>
      )}
      <FileText file={shown} />
    </div>
  );
}

function Branch({
  folder,
  shown,
  onChoose,
  top = false,
}: {
  folder: Folder<PlannedFile>;
  shown: string;
  onChoose: (path: string) => void;
  top?: boolean;
}) {
  return (
    <ul className={top ? styles.tree : undefined}>
      {folder.folders.map(inner => (
        <li key={inner.name}>
          <details open>
            <summary className={`${styles.folder} ${focusRing}`}>
              {inner.name}/
            </summary>
            <Branch folder={inner} shown={shown} onChoose={onChoose} />
          </details>
        </li>
      ))}
      {folder.files.map(({ name, file }) => (
        <li key={file.path}>
          <button
            type="button"
            className={`${styles.file} ${focusRing}`}
            aria-current={file.path === shown}
            onClick={() => onChoose(file.path)}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
