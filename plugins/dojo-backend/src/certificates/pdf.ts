import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { toBuffer } from 'qrcode';
import { beltPng } from './pictures';

/** What stands on a sheet. */
export interface Sheet {
  belt: string;
  colour: string;
  certificate: string;
  curriculum: string;
  issuer: string;
  awardedOn: string;
  /** The last day; null where it does not end. */
  validUntil: string | null;
  objectives: readonly string[];
  publicItems: boolean;
  verifyUrl: string;
}

// The fonts every reader has print some letters wrongly, without an error.
const FONT = join(
  dirname(require.resolve('dejavu-fonts-ttf/package.json')),
  'ttf/DejaVuSans.ttf',
);

/** A certificate to print; only the page it leads to proves anything, and it says so. */
export async function certificatePdf(sheet: Sheet): Promise<Buffer> {
  const code = await toBuffer(sheet.verifyUrl, { margin: 1, width: 360 });
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: 'en',
    tagged: true,
    displayTitle: true,
    info: { Title: `${sheet.belt} belt: ${sheet.certificate}` },
    font: FONT,
  });
  const parts: Buffer[] = [];
  pdf.on('data', part => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const size = 120;
  pdf.image(beltPng(sheet.colour), (pdf.page.width - size) / 2, 64, {
    width: size,
  });
  pdf.y = 64 + size + 28;
  const centred = { align: 'center' as const };
  pdf.fontSize(26).text(`${sheet.belt} belt`, 56, pdf.y, centred);
  pdf.moveDown(0.4).fontSize(16).text(sheet.certificate, centred);
  pdf
    .moveDown(0.4)
    .fontSize(11)
    .text(`Curriculum: ${sheet.curriculum}`, centred);
  pdf.text(`Awarded on ${sheet.awardedOn} (UTC) by ${sheet.issuer}`, centred);
  if (sheet.validUntil) {
    pdf.text(`Valid until ${sheet.validUntil} (UTC)`, centred);
  }
  pdf.moveDown(1.6).fontSize(12).text('Whoever holds it can');
  pdf
    .moveDown(0.3)
    .fontSize(11)
    .list([...sheet.objectives], { bulletRadius: 2 });
  if (sheet.publicItems) {
    pdf
      .moveDown(1)
      .text('The questions of its exam and their answers are public.');
  }
  const top = pdf.page.height - 56 - 150;
  pdf.image(code, 56, top, { width: 120 });
  pdf
    .fontSize(10)
    .text(
      'This sheet proves nothing by itself. The page below does:',
      196,
      top + 16,
    )
    .moveDown(0.5)
    .text(sheet.verifyUrl, { link: sheet.verifyUrl, underline: true });
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}
