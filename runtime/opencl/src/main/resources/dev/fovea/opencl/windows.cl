// Windows that slide over the planes of an image.
//! HEIGHT      rows of the image
//! WIDTH       columns of the image
//! OUT_HEIGHT  rows of windows
//! OUT_WIDTH   windows in a row
//! KERNEL_H    rows of the window
//! KERNEL_W    columns of the window
//! STRIDE_H    rows from one window to the next
//! STRIDE_W    columns from one window to the next
//! DILATION_H  rows from one element of the window to the next
//! DILATION_W  columns from one element of the window to the next
//! TOP         padding above
//! LEFT        padding to the left

#define AREA (HEIGHT * WIDTH)
#define OUT_AREA (OUT_HEIGHT * OUT_WIDTH)
