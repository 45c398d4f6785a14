package org.resticmanager.web.ui;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as a path of SVG, one unit a module, without the quiet zone.
 *
 * @param size of its sides
 * @param path for the attribute {@code d}
 */
public record QrPath(int size, String path) {

  static QrPath of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
        }
      }
    }
    return new QrPath(code.size, path.toString());
  }
}
